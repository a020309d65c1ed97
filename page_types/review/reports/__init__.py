"""Reports in the place of two of Wagtail's, which show nothing when nobody holds its rights."""
