"""Nobody finds another department's draft: in no list, search, chooser, report or API."""

import pytest
from django.db import transaction

from tests.access.canary import CANARY, borrowings, hide, looks
from tests.access.scene import at_work

#: Those of department A, and the officer of a third department. (Lin leads A and the office.)
OUTSIDERS = {
    "信息员甲": "alice", "审核人甲": "rita", "分管领导甲": "lin", "办公室信息员": "clerk",
}  # fmt: skip


@pytest.fixture(scope="module")
def hidden(django_db_setup, django_db_blocker):
    """The scene with department B's secrets in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = at_work()
        yield scene, hide(scene)
        transaction.set_rollback(True)


@pytest.fixture
def secret(hidden, db):
    return hidden


def finds(scene, secret, name, looks=looks):
    """Name of a Look -> (status, whether the canary is in the answer), for a person."""
    client = scene.house.client(getattr(scene.house, name))
    client.raise_request_exception = False
    found = {}
    for look in looks(scene, secret):
        status, text = look.by(client)
        found[look.name, look.address] = status, CANARY.lower() in text.lower()
    return found


@pytest.mark.parametrize("name", OUTSIDERS.values())
def test_nobody_of_another_department_finds_a_draft(secret, name):
    found = finds(*secret, name)
    leaks = [
        f"{look[0]} {look[1]}: {status}"
        for look, (status, leaked) in found.items()
        if leaked or status >= 500
    ]
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("owner", ["bob", "beate", "admin"])
def test_the_same_addresses_show_it_to_those_whom_it_concerns(secret, owner):
    """Otherwise an empty answer would prove nothing."""
    scene, hidden = secret
    wanted = [look for look in looks(scene, hidden) if look.shows == owner]
    found = finds(scene, hidden, owner, lambda *args: wanted)
    assert wanted
    missing = [
        f"{look.name} {look.address}: {found[look.name, look.address]}"
        for look in wanted
        if not found[look.name, look.address][1]
    ]
    assert not missing, "\n".join(missing)


def test_a_hand_made_form_shows_no_title_of_another_departments_file(secret):
    found = finds(*secret, "alice", borrowings)
    assert not [look for look, (_status, leaked) in found.items() if leaked]
