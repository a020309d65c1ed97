"""A small bureau for every test of the room."""

from copy import deepcopy

import pytest

from tests.houses import small_house
from tests.once import once

house_of_the_module = once(small_house)


@pytest.fixture
def house(house_of_the_module, db):
    """Departments, columns, chains and people."""
    return deepcopy(house_of_the_module)
