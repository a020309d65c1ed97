"""The public face: page frame, style, icons, error pages (docs/architecture.md, "Public views")."""
