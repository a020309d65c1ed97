"""Sites made of plans, for tests that change the plan or the site."""

import pytest

from tests.structure.small_plan import PlannedSite


@pytest.fixture
def planned(db, tmp_path):
    """The site of the small plan."""
    site = PlannedSite(tmp_path)
    site.sync()
    return site
