"""A small bureau for every test of the room."""

import pytest

from tests.houses import small_house


@pytest.fixture
def house(db):
    """Departments, columns, chains and people."""
    return small_house()
