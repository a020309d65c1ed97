"""Into another column, and above the other lines of one's own: addresses and order, never texts."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from page_types.organisation.models import Post, User
from page_types.organisation.services import appoint
from page_types.publication import measures, pins
from page_types.publication.errors import AddressTaken, PublicationRefused
from page_types.publication.measured import Move
from page_types.publication.models import Entry, Event, Listing
from page_types.publication.move import move
from tests.publication.test_queries import plan_of
from tests.publication.test_withdraw import refused


@pytest.fixture
def officer(ledger):
    user = User.objects.create(username="ou", last_name="欧")
    appoint(user, Post.OFFICE, None)
    return user


def to(ledger, page, key, officer):
    """(column, authority) for moving the page there."""
    column = ledger.columns[key]
    made = measures.ask(
        "move", page_id=page.pk, title=page.title, by=ledger.editor, reason="放错了栏目",
        column_id=ledger.columns["news"].pk, department_id=ledger.office.pk,
        detail={"column": column.pk},
    )  # fmt: skip
    measures.sign(made, officer)
    return column, Move(made)


def titles(client, path):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [link.text for link in page.select(".row-title")]


def test_a_moved_page_answers_at_its_new_address_and_the_old_one_leads_there(
    ledger, client, officer
):
    page = ledger.article("news", "放错栏目的一页")
    draft = ledger.revise(page, title="更新的草稿")
    text = Entry.objects.get(pk=page.pk).text_id
    event = move(page.pk, *to(ledger, page, "notice", officer), who=officer)
    assert (event.what, event.column.key) == ("moved", "notice")
    assert client.get(f"/news/{page.slug}/")["Location"] == f"/notice/{page.slug}/"
    assert client.get(f"/notice/{page.slug}/").status_code == 200
    assert titles(client, "/notice/") == ["放错栏目的一页"] and titles(client, "/news/") == []
    assert Entry.objects.get(pk=page.pk).text_id == text
    row = Page.objects.get(pk=page.pk)
    assert (row.get_parent().pk, row.get_latest_revision()) == (ledger.pages["notice"].pk, draft)
    call_command("verify_ledger")
    # The next text stands where the page stands now; a second move leaves no chain of redirects.
    ledger.publish(page)
    assert "更新的草稿" in client.get(f"/notice/{page.slug}/").content.decode()
    move(page.pk, *to(ledger, page, "explained", officer), who=officer)
    for former in ("news", "notice"):
        there = client.get(f"/{former}/{page.slug}/")["Location"]
        assert there == f"/policy/explained/{page.slug}/"
    call_command("verify_ledger")


def test_a_move_is_refused_whole(ledger, officer):
    page = ledger.article("news", "甲", slug="jia")
    column, authority = to(ledger, page, "notice", officer)
    assert "批准的不同" in refused(move, page.pk, ledger.columns["policy"], authority, who=officer)
    sibling = ledger.draft("notice", "别人的草稿", slug="jia")
    assert "别人的草稿" in refused(move, page.pk, column, authority, who=officer)
    ledger.publish(sibling)
    with pytest.raises(AddressTaken), transaction.atomic():
        move(page.pk, column, authority, who=officer)
    assert Page.objects.get(pk=page.pk).get_parent().pk == ledger.pages["news"].pk
    here = ledger.columns["news"]
    assert "已在" in refused(move, page.pk, here, authority, who=officer)


def test_a_pinned_line_stands_first_and_every_line_once(ledger, client, officer):
    now = timezone.now()
    pages = [
        ledger.article("news", f"第{n:02}号", shown_at=now - timedelta(hours=n)) for n in range(22)
    ]
    ledger.draft("news")
    until = timezone.localdate() + timedelta(days=7)
    newest = client.get("/news/").content.decode().count("第00号")
    for number in (21, 20):
        pins.pin(pages[number].pk, who=officer, until=until, reason="重要")
    first, second = titles(client, "/news/"), titles(client, "/news/page/2/")
    assert first[:3] == ["第20号", "第21号", "第00号"]
    assert sorted([*first, *second]) == [f"第{n:02}号" for n in range(22)]
    page = client.get("/news/").content.decode()
    assert page.count("[置顶]") == 2 and page.count("第00号") == newest
    last_update = BeautifulSoup(page, "html.parser").select_one(".list-head time")
    if last_update:
        assert last_update["datetime"][:10] == str(timezone.localtime(now).date())
    call_command("verify_ledger")
    pins.unpin(pages[21].pk, who=officer, reason="不再重要")
    assert titles(client, "/news/")[:2] == ["第20号", "第00号"]
    # The clock ends the other; a page that leaves the column leaves its pin behind.
    assert pins.end_due(until) == ""
    assert pins.end_due(until + timedelta(days=1))
    assert titles(client, "/news/")[0] == "第00号"
    assert Event.objects.order_by("number").last().authority == "clock"
    pins.pin(pages[5].pk, who=officer, until=until, reason="重要")
    move(pages[5].pk, *to(ledger, pages[5], "notice", officer), who=officer)
    assert not Listing.objects.filter(pinned__gt=0).exists()
    call_command("verify_ledger")


def test_a_pin_has_a_person_a_reason_and_a_last_day(ledger, officer, settings):
    page = ledger.article("news")
    settings.PORTAL_PIN_DAYS = 30
    today = timezone.localdate()
    said = {"until": today, "reason": "重要"}
    keeper = User.objects.create(username="keeper")
    assert "置顶" in refused(pins.pin, page.pk, who=keeper, **said)
    appoint(keeper, Post.REVIEWER, ledger.mass)
    assert "置顶" in refused(pins.pin, page.pk, who=User.objects.get(pk=keeper.pk), **said)
    appoint(keeper, Post.REVIEWER, ledger.office)
    assert pins.pin(page.pk, who=User.objects.get(pk=keeper.pk), **said)
    for until in (today - timedelta(days=1), today + timedelta(days=31)):
        assert "30 天" in refused(pins.pin, page.pk, who=officer, until=until, reason="重要")
    assert "理由" in refused(pins.pin, page.pk, who=officer, until=today, reason=" ")
    with pytest.raises(PublicationRefused):
        pins.pin(ledger.draft("news").pk, who=officer, **said)


def test_a_list_with_pins_still_walks_an_index(ledger):
    if connection.vendor != "sqlite":
        pytest.skip("the plan's wording is SQLite's; PostgreSQL chooses by size")
    listed = Listing.objects.filter(column=ledger.columns["news"])
    plan = plan_of(listed.order_by("-pinned", "-shown_at", "-entry")[2000:2020])
    assert "listing_pinned_first" in plan and "TEMP B-TREE" not in plan
