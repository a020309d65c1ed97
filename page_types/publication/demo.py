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
