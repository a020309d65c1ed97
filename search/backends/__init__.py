"""Engines of the search: one contract (`base.py`), chosen by PORTAL_SEARCH_ENGINE."""

from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.db import connection

#: Name of an engine -> where it is; imported when it is used.
ENGINES = {
    "sqlite": "search.backends.sqlite.SqliteEngine",
    "postgresql": "search.backends.postgresql.PostgresqlEngine",
    "elasticsearch": "search.backends.elastic.ElasticEngine",
}


def engine():
    """The engine in force: what the settings say, else that of the portal's own database."""
    return engine_of(settings.PORTAL_SEARCH_ENGINE or connection.vendor)


@lru_cache(maxsize=8)
def engine_of(name):
    """An engine by its name (ENGINES)."""
    module, _dot, what = ENGINES[name].rpartition(".")
    return getattr(import_module(module), what)()
