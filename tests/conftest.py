"""Fixtures that several rooms' tests share."""

import pytest

from page_types.organisation import calendar

pytest_plugins = ["tests.ledger", "tests.prepared"]


@pytest.fixture(autouse=True)
def calendar_read_anew():
    """A test that was rolled back leaves nothing of its calendar in the process."""
    calendar.forget()
