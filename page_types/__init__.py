"""Floor 1: the content model. organisation <- publication <- page modules <- review."""
