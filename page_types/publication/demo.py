"""Demonstration content: it passes every door as real content does, and only its date is played.

Events keep their true time `at` and carry `source=demo`; the date that visitors see is relative to
the day of the demonstration. Only `publish()` asks here, and only `load_demo` opens the context.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_shown_at = ContextVar("demonstration_shown_at", default=None)


@contextmanager
def demonstration(shown_at):
    """What is published within is demonstration content, shown under the date `shown_at`."""
    token = _shown_at.set(shown_at)
    try:
        yield
    finally:
        _shown_at.reset(token)


def played_date():
    """The date to show for what is published now, or None outside every demonstration."""
    return _shown_at.get()


_loaders = []


def register(loader):
    """Let `loader(as_of)` add what a room above shows in a demonstration; once a function.

    It is called by `load_demo` with the day that dates are counted from, must bear repetition and
    returns how many things it made.
    """
    if loader not in _loaders:
        _loaders.append(loader)
    return loader


def loaders():
    """Those of every room that is on."""
    return list(_loaders)
