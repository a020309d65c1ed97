"""Counting what visitors do must hold no visitor up."""

from contextlib import contextmanager

from django.db import connection

#: Milliseconds that a request waits until something may be counted; then it is not.
PATIENCE_MS = 50


@contextmanager
def impatient():
    """Within, nobody waits long for a writer: SQLite has one at a time, and it may take seconds."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [usual] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
