"""Notices: their state is read off the clock, said in words, on page and list alike."""

from datetime import timedelta

import pytest
from django.utils import timezone

from page_types.models import NoticePage
from page_types.notice import state_of

LATE = timezone.make_aware(timezone.datetime(2026, 3, 10, 23, 30))


@pytest.mark.parametrize(
    ("now", "name", "label"),
    [
        (LATE - timedelta(days=1), "open", "进行中，还剩 1 天"),
        (LATE - timedelta(hours=23, minutes=31), "open", "进行中，还剩 1 天"),
        (LATE.replace(hour=0, minute=5), "open", "进行中，今天截止"),
        (LATE, "open", "进行中，今天截止"),
        (LATE + timedelta(seconds=1), "closed", "已截止"),
    ],
)
def test_days_left_are_days_of_the_calendar(now, name, label):
    """Also where the deadline is kept in another time zone's day: 23:30 here is 15:30 UTC."""
    line = {"deadline": LATE.astimezone(timezone.get_fixed_timezone(0)).isoformat()}
    state = state_of(line, now)
    assert (state.name, state.label) == (name, label)
    assert state.deadline.hour == 23


def test_states_on_page_and_list(ledger, client):
    soon = timezone.now() + timedelta(days=2)
    registration = {"deadline": soon - timedelta(days=3), "deadline_of": "registration"}
    made = {
        "长期有效": {},
        "还在征求": {"deadline": soon, "deadline_of": "consultation"},
        "过期报名": registration,
        "取消的": {"deadline": soon, "cancelled": True},
    }
    said = {
        "长期有效": "",
        "还在征求": "进行中，还剩 2 天",
        "过期报名": "已截止",
        "取消的": "已取消",
    }
    for title, fields in made.items():
        page = ledger.article("notice", title, model=NoticePage, **fields)
        html = client.get(f"/notice/{page.slug}/").content.decode()
        if said[title]:
            assert said[title] in html
        else:
            assert 'class="deadline' not in html
    listed = client.get("/notice/").content.decode()
    for words in filter(None, said.values()):
        assert listed.count(words) == 1
    # A cancelled notice says so and not that it is open.
    assert listed.count("进行中") == 1
    assert "进行中，还剩 2 天" in client.get("/").content.decode()


def test_the_state_moves_on_without_a_publication(ledger, client, monkeypatch):
    page = ledger.article(
        "notice", "报名", model=NoticePage, deadline=timezone.now() + timedelta(days=3)
    )
    assert "进行中" in client.get(f"/notice/{page.slug}/").content.decode()
    later = timezone.now() + timedelta(days=4)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    for path in (f"/notice/{page.slug}/", "/notice/"):
        html = client.get(path).content.decode()
        assert "已截止" in html and "进行中" not in html
