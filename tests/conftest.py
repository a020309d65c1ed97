"""Fixtures that several rooms' tests share."""

import pytest

from page_types.organisation import calendar

pytest_plugins = ["tests.ledger", "tests.prepared"]


@pytest.fixture(autouse=True)
def calendar_read_anew():
    """A test that was rolled back leaves nothing of its calendar in the process."""
    calendar.forget()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Modules whose tests empty the database come last, whatever the order of the others: the root
    page that others begin with is given back before such a test, not after it.
    """
    emptying = {item.path for item in items if _empties(item)}
    items.sort(key=lambda item: item.path in emptying)


def _empties(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))
