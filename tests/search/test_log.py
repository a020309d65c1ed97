"""What is searched for is counted without anybody being noted; popular is what the public said."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import indexing, log
from search.log_models import ClickDay, QueryDay
from search.popular import popular
from search.searching import search
from search.vocabulary_models import HiddenQuery
from tests.publication.test_withdraw import people, taken_down  # noqa: F401  a fixture

VISITOR = {"REMOTE_ADDR": "203.0.113.9", "HTTP_USER_AGENT": "Visitor/1"}


@pytest.fixture(autouse=True)
def no_brake():
    cache.clear()


@pytest.fixture
def fair(ledger):
    """A public article about a fair of sports."""
    draft = ledger.draft("news", "体育博览会", body=[("paragraph", "<p>在广州开幕</p>")])
    ledger.publish(draft)
    indexing.follow()
    return draft


def ask(text, again=False, **headers):
    answer = search(text)
    request = RequestFactory().get("/search/", {"q": text}, **{**VISITOR, **headers})
    return answer, log.note_query(request, answer, again=again)


def test_a_query_is_counted_by_day_and_nothing_tells_who_asked(fair):
    ask("体育博览会")
    ask("體育博覽會")  # the same, in other characters
    ask("体育博览会", again=True)  # its second page
    ask("体育博览会", HTTP_SEC_PURPOSE="prefetch")
    ask("龙舟")
    rows = QueryDay.objects.order_by("query").values_list("query", "asked", "empty", "found")
    assert list(rows) == [("体育博览会", 2, 0, 1), ("龙舟", 1, 1, 0)]
    # Whoever adds a column here has to say so: nothing of these may tell a person or a moment.
    fields = {f.name for model in (QueryDay, ClickDay) for f in model._meta.local_fields}
    assert fields == {
        "id", "day", "query", "asked", "empty", "relaxed", "found",
        "query_day", "source", "object_id", "clicks", "positions",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "张三 11010519491231002X",
        "１３８００１３８０００",
        "138-0013-8000 是谁的",
        "6222 0212 3456 7890 128",
        "someone@example.org",
        "020-8765 4321",
        "一" * 61,
        "？！",
        "",
    ],
)
def test_what_may_be_personal_is_not_kept(ledger, text):
    _answer, noted = ask(text)
    assert noted.pk is None
    assert not QueryDay.objects.exists()


@pytest.mark.parametrize("text", ["粤办函〔2016〕236号", "2016-08-05 开幕式", "4×100米接力", "C++"])
def test_numbers_of_documents_and_days_are_no_personal_data(ledger, text):
    assert ask(text)[1].pk is not None


def test_a_visitor_searches_and_follows_a_result(client, fair):
    links = BeautifulSoup(client.get("/search/?q=体育博览会").content, "html.parser").find_all(
        "a", ping=True
    )
    assert [link["href"].partition("?")[2] for link in links] == [""]  # the page's own address
    client.post(links[0]["ping"])
    row = QueryDay.objects.get()
    assert (row.query, row.asked, row.clicked.get().positions) == ("体育博览会", 1, 1)
    client.get("/search/?q=体育博览会&year=2020")
    client.get("/search/?q=体育博览会&page=2")
    row.refresh_from_db()
    assert row.asked == 1


def test_what_staff_try_does_not_count(client, ledger, fair):
    client.force_login(ledger.editor)
    assert "ping=" not in client.get("/search/?q=体育博览会").content.decode()
    assert not QueryDay.objects.exists()


def test_a_followed_result_counts_once_by_its_ping(client, fair):
    answer, noted = ask("体育博览会")
    ping = noted.ping(answer.hits[0], 3)
    assert "体育" not in ping
    assert [client.post(ping, "PING", content_type="text/ping").status_code for _ in "12"] == [
        204,
        204,
    ]
    clicked = ClickDay.objects.get()
    assert (clicked.clicks, clicked.positions, clicked.query_day.query) == (1, 3, "体育博览会")
    client.post(noted.ping(answer.hits[0], 1))  # another search, another click
    clicked.refresh_from_db()
    assert (clicked.clicks, clicked.positions) == (2, 4)
    # What was not signed by us counts for nothing, and is no error.
    for forged in ("", "x", ping.partition("=")[2][:-2] + "zz"):
        assert client.post(f"/search/clicked/?t={forged}").status_code == 204
    clicked.refresh_from_db()
    assert clicked.clicks == 2
    assert client.get(ping).status_code == 405
    assert ask("138 0013 8000")[1].ping(answer.hits[0], 1) == ""


def test_one_network_cannot_count_for_many(fair, monkeypatch):
    monkeypatch.setattr(log, "RATE", "2/h")
    for _time in range(4):
        ask("体育博览会")
    ask("体育博览会", REMOTE_ADDR="198.51.100.1")
    assert QueryDay.objects.get().asked == 3


def test_the_log_fills_no_disk_and_is_forgotten(fair, monkeypatch, settings):
    monkeypatch.setattr(log, "MOST_A_DAY", 1)
    ask("体育博览会")
    assert ask("龙舟")[1].pk is None
    ask("体育博览会")
    assert QueryDay.objects.get().asked == 2
    settings.PORTAL_SEARCH_LOG_DAYS = 30
    QueryDay.objects.update(day=timezone.localdate() - timedelta(days=30))
    assert log.purge() == ""
    QueryDay.objects.update(day=timezone.localdate() - timedelta(days=31))
    assert "1" in log.purge()
    assert not QueryDay.objects.exists()


def asked(query, *, days=3, times=4, **counts):
    """As if it had been asked on so many days, so often on each."""
    for day in range(days):
        QueryDay.objects.create(
            day=timezone.localdate() - timedelta(days=day),
            query=query,
            asked=times,
            found=1,
            **counts,
        )


def test_popular_is_what_was_asked_on_several_days_and_stands_in_public(
    ledger,
    fair,
    people,  # noqa: F811
):
    ledger.draft("news", "秘密改制方案", body=[("paragraph", "<p>草稿</p>")])
    asked("博览会")
    asked("体育 广州", times=3)
    asked("局长收了钱")  # planted: nobody has published it
    asked("广州收了钱")
    asked("秘密改制")  # stands in a draft only
    asked("开幕", days=1, times=99)  # one day's crowd, or one machine
    asked("体育", times=4, empty=4)
    with CaptureQueriesContext(connection) as first:
        assert popular(5) == ["博览会", "体育 广州"]
    with CaptureQueriesContext(connection) as second:
        assert popular(5) == ["博览会", "体育 广州"]
    assert len(second) <= 2 < len(first)
    assert popular(1) == ["博览会"]
    HiddenQuery.objects.create(word="广州")
    assert popular(5) == ["博览会"]
    taken_down(ledger, fair, people)
    assert popular(5) == []


def test_the_privacy_notice_says_how_long(client, ledger, settings):
    settings.PORTAL_SEARCH_LOG_DAYS = 77
    page = client.get("/privacy/").content.decode()
    assert "保存 77 天后清除" in page
