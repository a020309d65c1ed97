"""The stand-in project."""
