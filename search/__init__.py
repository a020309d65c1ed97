"""Floor 2: search."""
