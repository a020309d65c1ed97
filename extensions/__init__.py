"""Floor 3: extensions. Each can be switched off, and never imports another."""
