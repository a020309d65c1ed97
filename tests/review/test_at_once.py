"""Two people at once, on PostgreSQL: one decision, one publication, no draft lost (finding 10)."""

import threading

import pytest
from django.db import connection
from wagtail.models import Page

from page_types.publication import publish as door
from page_types.publication.models import Entry, Event
from page_types.review import services
from page_types.review.services import ReviewRefused
from tests.houses import small_house

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks"),
]


@pytest.fixture
def house(transactional_db):
    return small_house()


def at_once(*acts):
    """Run the acts in threads that start together; what each returned or raised."""
    ready, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            ready.wait(10)
            found[place] = act() or "done"
        except ReviewRefused as refused:
            found[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def submitted(house, column="quick"):
    page = house.draft(house.alice, column, "标题")
    services.submit(page, house.alice)
    state = house.state_of(page)
    return page, state, services.seen_now(state)


def test_two_approvals_publish_once(house):
    page, state, seen = submitted(house)
    found = at_once(
        lambda: services.approve(state, house.rita, seen),
        lambda: services.approve(type(state).objects.get(pk=state.pk), house.rolf, seen),
    )
    assert found.count("done") == 1
    assert any("已经办结" in str(other) for other in found)
    assert Event.objects.filter(subject=f"page/{page.pk}").count() == 1


def test_approval_and_return_leave_one_decision(house):
    page, state, seen = submitted(house)
    found = at_once(
        lambda: services.approve(state, house.rita, seen),
        lambda: services.return_draft(type(state).objects.get(pk=state.pk), house.rolf, "日期有误"),
    )
    assert found.count("done") == 1
    public = Entry.objects.filter(pk=page.pk).exists()
    assert public == (found[0] == "done")


def test_draft_saved_while_the_last_approval_publishes_is_not_lost(house, monkeypatch):
    page, state, seen = submitted(house)
    mirror, in_publish, saved = door.mirror, threading.Event(), threading.Event()

    def slow_mirror(*args):
        in_publish.set()
        assert not saved.wait(1.5), "the author's save did not wait for the row"
        return mirror(*args)

    monkeypatch.setattr(door, "mirror", slow_mirror)
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.title = "新的一稿"

    def save():
        assert in_publish.wait(10)
        revision = draft.save_revision(user=house.alice, clean=False)
        saved.set()
        return revision

    found = at_once(lambda: services.approve(state, house.rita, seen), save)
    assert found[0] == "done"
    row = Page.objects.get(pk=page.pk)
    assert row.latest_revision_id == found[1].pk and row.live
    assert row.get_latest_revision_as_object().title == "新的一稿"
    assert Entry.objects.get(pk=page.pk).title == "标题"
