"""Wagtail reads this module for its hooks: the desk, its menu, what the log says of it."""

from search.desk import hooks as desk_hooks  # noqa: F401  Wagtail calls them
