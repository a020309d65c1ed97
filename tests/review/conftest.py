"""A small bureau for every test of the room, and the verbs in short."""

import pytest
from wagtail.models import TaskState

from page_types.review import services
from tests.houses import small_house


@pytest.fixture
def house(db):
    """Departments, columns, chains and people."""
    return small_house()


def state_of(page):
    """The task state at which the page's review stands."""
    return TaskState.objects.get(status="in_progress", workflow_state__object_id=str(page.pk))


def pass_on(page, *people):
    """Each of the people approves the present step, having seen it."""
    for user in people:
        state = state_of(page)
        services.approve(state, user, services.seen_now(state))
