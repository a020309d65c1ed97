"""The scene is built once a module; tests run in savepoints of its one transaction."""

import pytest
from django.db import transaction

from tests.access.probing import Before
from tests.access.scene import at_work


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The scene and how it stood, for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = at_work()
        yield scene, Before(scene)
        transaction.set_rollback(True)


@pytest.fixture
def scene(built, db):
    """The bureau at work; what a test does to it is undone (`db` comes after `built`)."""
    return built[0]


@pytest.fixture
def before(built):
    """How everything stood at the beginning."""
    return built[1]
