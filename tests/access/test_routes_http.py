"""No way through the admin changes what is public, whoever goes it; and nobody's text is lost."""

import pytest

from page_types.organisation.models import User
from tests.access.probing import undone, writes
from tests.access.routes import ROUTES
from tests.access.scene import ROLES, user_of, writes_for
from tests.access.stock import take_away_defences

#: One of each kind of right tries every route in every run; the others, who hold the same rights
#: for other departments or fewer of them, when all is proved.
EVERY_RUN = {"信息员甲", "信息员乙", "审核人甲", "办公室", "信息中心", "超级用户", "持全部授权者"}
TRIED_BY = [
    pytest.param(role, id=name, marks=[] if role in EVERY_RUN else [pytest.mark.prove])
    for role, name in ROLES.items()
]
#: Tables that hold what people write, see and lock.
CONTENT = {
    "wagtailcore_page", "wagtailcore_revision", "wagtailcore_pageviewrestriction",
    "wagtailcore_site", "page_types_portaldocument",
}  # fmt: skip


def browser(scene, role):
    """The browser of somebody signed in, which shows a failure instead of raising it."""
    client = scene.house.client(user_of(scene, role))
    client.raise_request_exception = False
    return client


def go(route, scene, client):
    """The answer to a route, and the tables that it wrote to."""
    with writes() as written:
        answer = route.go(client, scene)
    return answer, written


def harm(route, scene, before, role, client):
    """What a route did that it must not, as lines."""
    with undone():
        answer, written = go(route, scene, client)
        found = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
        if written:
            found += before.public_differences(reserving=route.submits)
            mine = writes_for(scene, role)
            if not (route.deletes_draft and scene.draft.department_id in mine):
                found += before.lost_texts(mine)
    return [f"{role} · {route.name}: {line}" for line in found]


@pytest.mark.parametrize("role", TRIED_BY)
def test_no_route_changes_what_is_public(scene, before, role):
    client = browser(scene, role)
    found = [line for route in ROUTES for line in harm(route, scene, before, role, client)]
    assert not found, "\n".join(found)


def test_with_every_defence_taken_away_rows_change_and_the_public_sees_nothing(
    scene, before, monkeypatch
):
    """The measurement of `gate.md` 0 on our own house: it also shows that the requests are real."""
    take_away_defences(monkeypatch)
    User.objects.filter(pk=scene.house.admin.pk).update(department=scene.house.departments["a"])
    client, found = browser(scene, "超级用户"), []
    for route in [route for route in ROUTES if not route.submits]:
        with undone():
            answer, written = go(route, scene, client)
            if answer.status_code >= 400 or (route.writes and not written & CONTENT):
                found.append(f"{route.name}: no real request: {answer.status_code} {written}")
            found += [f"{route.name}: {line}" for line in before.public_differences()]
    assert not found, "\n".join(found)
