"""Applying a view decorator to every view below an `include()`."""

from django.urls import URLPattern, URLResolver


def wrap(pattern, decorator):
    """The pattern, in a list, with every view in it decorated."""
    _decorate(pattern, decorator)
    return [pattern]


def _decorate(pattern, decorator):
    if isinstance(pattern, URLPattern):
        pattern.callback = decorator(pattern.callback)
    elif isinstance(pattern, URLResolver):
        for inner in pattern.url_patterns:
            _decorate(inner, decorator)
