"""Template tags of the page types."""
