"""What the whole site says for a time: who may say it, when it stands, what the ledger keeps."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from page_types.publication import announcements
from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Announcement, Event, Mourning
from page_types.publication.snapshot import snapshot
from tests.houses import small_house
from tests.ledger import with_columns
from tests.once import anew

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SCREEN = "/admin/announcements/"


ledger = anew(with_columns)  # some tests here need the other bureau in its place
house = anew(small_house)


def local(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def said(**more):
    now = timezone.now()
    return {
        "level": "emergency", "text": "受台风影响，今日场馆暂停开放。", "link": "/notice/",
        "starts_at": local(now - HOUR), "ends_at": local(now + HOUR), **more,
    }  # fmt: skip


def banners(client, path="/"):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [" ".join(each.get_text().split()) for each in page.select(".announcement")]


def is_grey(client, path="/"):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return "greyscale" in (page.html.get("class") or [])


def test_an_announcement_is_checked_confirmed_shown_everywhere_and_ended(house, client):
    desk = house.client(house.olga)
    answer = desk.post(f"{SCREEN}new/announcement/", said())
    assert "确认，对公众生效" in answer.content.decode()
    assert banners(client) == []
    desk.post(f"{SCREEN}new/announcement/", said(confirmed="1"))
    shown = "紧急公告 受台风影响，今日场馆暂停开放。 查看详情"
    for path in ("/", "/news/", "/site-map/", "/privacy/"):
        assert banners(client, path) == [shown], path
    made = Announcement.objects.get()
    event = Event.objects.order_by("number").last()
    assert (event.what, event.subject) == ("announced", f"announcement/{made.pk}")
    assert (event.who, event.authority) == (house.olga, "office")
    assert "欧佳" in desk.get(SCREEN).content.decode()
    desk.post(f"{SCREEN}announcement/{made.pk}/end/")
    assert banners(client) == []
    event = Event.objects.order_by("number").last()
    assert (event.what, event.who) == ("announcement_ended", house.olga)
    with pytest.raises(PublicationRefused):
        announcements.end_announcement(house.olga, made.pk)


@pytest.mark.parametrize(
    "change, words",
    [
        ({"text": "字" * 201}, "200"),
        ({"link": "http://example.org/"}, "https://"),
        ({"link": "//example.org/"}, "https://"),
        ({"ends_at": "2020-01-01T00:00"}, "已经过去"),
        ({"starts_at": "2999-01-01T00:00"}, "必须晚于"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_reason(house, change, words):
    answer = house.client(house.cai).post(
        f"{SCREEN}new/announcement/", said(confirmed="1", **change)
    )
    assert words in answer.content.decode()
    assert not Announcement.objects.exists()


def test_it_stands_in_its_time_alone_and_emergencies_come_first(house, client):
    now = timezone.now()
    for level, text, starts, ends in (
        ("notice", "一般", now - HOUR, now + HOUR),
        ("emergency", "紧急", now - HOUR, now + 2 * HOUR),
        ("notice", "将来", now + HOUR, now + 3 * HOUR),
    ):
        announcements.announce(house.cai, text=text, level=level, starts_at=starts, ends_at=ends)
    assert banners(client) == ["紧急公告 紧急", "一般提示 一般"]
    kept = snapshot()
    for hours, shown in ((1.5, ["紧急", "将来"]), (2, ["将来"]), (3, [])):
        found = announcements.announcements_now(kept, now + hours * HOUR)
        assert [each.text for each in found] == shown


def test_mourning_greys_its_days_alone(house, client):
    today = timezone.localdate()
    desk = house.client(house.cai)
    days = {"from_day": today + DAY, "until_day": today + DAY}
    desk.post(f"{SCREEN}new/mourning/", {"reason": "演示：公祭", "confirmed": "1", **days})
    assert not is_grey(client)
    days = {"from_day": today, "until_day": today}
    desk.post(f"{SCREEN}new/mourning/", {"reason": "演示：公祭", "confirmed": "1", **days})
    assert is_grey(client) and is_grey(client, "/news/")
    assert "演示：公祭" not in client.get("/").content.decode()
    now = Mourning.objects.get(from_day=today)
    assert Event.objects.filter(what="mourning", subject=f"mourning/{now.pk}").count() == 1
    desk.post(f"{SCREEN}mourning/{now.pk}/end/")
    assert not is_grey(client)


def test_nobody_else_speaks_for_the_site(house):
    today, soon = timezone.localdate(), timezone.now() + HOUR
    for person in (house.alice, house.rita, house.lin):
        desk = house.client(person)
        assert desk.get(SCREEN).status_code in (302, 403)
        desk.post(f"{SCREEN}new/announcement/", said(confirmed="1"))
        with pytest.raises(PublicationRefused):
            announcements.announce(person, text="x", level="notice", ends_at=soon)
        with pytest.raises(PublicationRefused):
            announcements.mourn(person, reason="x", from_day=today, until_day=today)
    made = announcements.announce(house.admin, text="管理员", level="notice", ends_at=soon)
    with pytest.raises(PublicationRefused):
        announcements.end_announcement(house.rita, made.pk)
    assert Announcement.objects.count() == 1 and not Mourning.objects.exists()


def test_announcements_cost_no_query(house, client):
    def count():
        client.get("/news/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/news/")
        return len(captured)

    before = count()
    for number in range(5):
        announcements.announce(
            house.cai, text=f"第{number}条", level="notice", ends_at=timezone.now() + HOUR
        )
    assert count() == before
    assert len(banners(client, "/news/")) == 5


def test_the_privacy_notice_and_the_footers_doors_are_public(ledger, client):
    answer = client.get("/privacy/")
    assert answer.status_code == 200 and not answer.cookies
    text = answer.content.decode()
    assert "csrftoken" in text and "服务器日志" in text
    urls = [door.url for door in answer.context["portal"]["doors"]]
    assert {"/privacy/", "/site-map/"} <= set(urls)
    for url in urls:
        assert client.get(url).status_code == 200
