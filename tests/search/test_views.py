"""The search's pages as visitors meet them: results, facets, ways on, feed, interface."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from page_types.models import PolicyPage
from search import backends, indexing, title_words
from search.backends.base import EngineDown
from search.vocabulary_models import PinnedResult
from tests.page_types.samples import sample


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps of titles for some minutes belongs to another test's bureau."""
    title_words.forget()


@pytest.fixture
def ask(client):
    """A function: the page of results for some words."""

    def asked(text="", path="/search/", **filters):
        answer = client.get(f"{path}?{urlencode({'q': text, **filters}, doseq=True)}")
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser")

    return asked


def titles(page):
    return [link.get_text() for link in page.select(".hit-title a")]


def test_a_source_by_itself(ledger, ask):
    """`?source=` leaves what comes from elsewhere out of results and counts."""
    ledger.article("news", "健身日开幕")
    indexing.follow()
    assert "健身日开幕" in titles(ask("健身日", source="page"))
    page = ask("健身日", source="file")
    assert titles(page) == [] and not facet(page, "类型")


def facet(page, name):
    """Label of each value of a facet -> (count, address)."""
    for section in page.select(".facet"):
        if section.h2.get_text() == name:
            return {
                link.span.get_text(): (
                    int(link.select_one(".facet-count").get_text()),
                    link["href"],
                )
                for link in section.select("li a")
            }
    return {}


def test_results_their_marks_and_what_each_kind_says(ledger, ask):
    number = "粤体办〔2016〕236号"
    ledger.article("news", "省健身日开幕", body=[("paragraph", "<p>全民&lt;健身&gt;</p>")])
    ledger.article(
        "policy", "健身日工作方案", model=PolicyPage, document_number=number, validity="repealed"
    )
    sample(ledger, "service")
    indexing.catch_up()
    page = ask("健身")
    assert sorted(titles(page)) == ["健身日工作方案", "省健身日开幕"]
    assert {mark.get_text() for mark in page.select(".hit mark")} == {"健身"}
    assert "全民<健身>" in page.main.get_text()
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert page.find("link", rel="canonical")["href"].endswith("/search/?q=%E5%81%A5%E8%BA%AB")
    policy = next(hit for hit in page.select(".hit") if "方案" in hit.h3.get_text())
    assert number in policy.get_text() and policy.select_one(".hit-ended").get_text() == "废止"
    assert titles(ask("粤体办[2016]236号"))[0] == "健身日工作方案"
    guide = next(hit for hit in ask("办事指南").select(".hit") if "指南" in hit.h3.get_text())
    said = guide.get_text(" ", strip=True)
    assert "环节0 → 环节1" in said and "办理地点：演示地点" in said
    assert guide.find("a", string="网上办理")["href"] == "https://online.example.org/apply"
    file = next(hit for hit in ask("附件 表0").select(".hit") if "表0" in hit.h3.get_text())
    assert file.select_one(".hit-badge").get_text() == "PDF" and "附于 演示办事指南" in (
        file.get_text(" ", strip=True)
    )


def test_facets_combine_and_a_choice_does_not_narrow_its_own_counts(ledger, ask):
    for number in range(3):
        ledger.article("news", f"游泳消息{number}")
    ledger.article("explained", "游泳解读", department=ledger.mass)
    ledger.article("policy", "游泳办法", model=PolicyPage)
    indexing.catch_up()
    page = ask("游泳")
    columns = facet(page, "栏目")
    assert {label: count for label, (count, _url) in columns.items()} == {"新闻": 3, "政策": 2}
    kept = parse_qs(urlsplit(columns["政策"][1]).query)
    policies = ask("游泳", column=kept["column"])
    assert sorted(titles(policies)) == ["游泳办法", "游泳解读"]
    assert facet(policies, "栏目")["解读"][0] == 1  # the columns below it, to go on
    assert facet(policies, "责任处室")["群体处"][0] == 1
    both = ask("游泳", column=kept["column"], kind="policy")
    assert titles(both) == ["游泳办法"]
    assert facet(both, "类型")["信息"][0] == 1
    assert len(both.select(".chips li")) == 3  # two choices, and all of them
    without = next(a["href"] for a in both.select(".chips a") if "类型" in a.get_text())
    assert parse_qs(urlsplit(without).query) == {"q": ["游泳"], "column": kept["column"]}
    # Nobody's column, a word for a number: left aside or nothing, never an error.
    assert titles(ask("游泳", column="999999")) == [] and titles(ask("游泳", year="x"))


def test_days_order_and_every_page_to_the_end(ledger, ask):
    today = timezone.now()
    for number in range(12):
        ledger.article("news", f"划船{number}", shown_at=today - timedelta(days=40 * number))
    indexing.catch_up()
    first = ask("划船", sort="date")
    assert titles(first) == [f"划船{number}" for number in range(10)]
    assert first.select_one("#found").get_text(strip=True) == "12 条结果"
    after = parse_qs(urlsplit(first.find("a", rel="next")["href"]).query)
    assert after == {"q": ["划船"], "sort": ["date"], "page": ["2"]}
    last = ask("划船", sort="date", page=2)
    assert titles(last) == ["划船10", "划船11"] and not last.find("a", rel="next")
    assert last.select_one("ol.hits")["start"] == "11"
    assert titles(ask("划船", sort="date", page=4000)) == titles(last)
    since = (today - timedelta(days=100)).date().isoformat()
    days = ask("划船", since=since, sort="date")
    assert titles(days) == ["划船0", "划船1", "划船2"]
    assert days.select_one("#found").get_text(strip=True) == "3 条结果"
    assert f"不早于：{since}" in days.select_one(".chips").get_text()


def test_a_wrong_character_is_put_right_only_where_nothing_fits(ledger, ask):
    ledger.article("news", "全民健身活动")
    indexing.catch_up()
    page = ask("全民建身")
    note = page.find("a", string="全民健身")
    assert titles(ask(parse_qs(urlsplit(note["href"]).query)["q"][0])) == ["全民健身活动"]
    assert "您是不是要找" not in ask("全民健身").main.get_text()


def test_what_has_only_some_of_the_words_is_said_to(ledger, ask):
    ledger.article("news", "射箭邀请赛")
    indexing.catch_up()
    page = ask("射箭 飞碟")
    assert titles(page) == ["射箭邀请赛"]
    assert "没有找到同时包含全部词语的内容" in page.main.get_text()
    # What the dictionary does not know is not asked for character by character.
    ledger.article("news", "关键一词")
    indexing.catch_up()
    assert titles(ask("绝无此词龘龘")) == []
    assert titles(ask("词")) == ["关键一词"]


def test_nothing_found_leads_on(ledger, ask):
    ledger.column("apply", "依申请公开", kind="requests")
    page = ask("量子纠缠").main
    assert "没有找到与“量子纠缠”相符的内容" in page.get_text()
    assert page.find("a", href="/apply/") and page.find("a", href="/report-error/")
    assert page.find("a", href="/news/") and page.find("a", href="/site-map/")
    assert "怎样检索" in ask().main.get_text()


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "(" * 300,
        "标题:",
        "-",
        "a AND (NOT b*",
        "\x00体育\ud83d",
        "年:99999",
        "体" * 5000,
        "' OR 1",
    ],
)
def test_anything_typed_is_answered(ledger, client, text):
    query = urlencode({"q": text, "page": "-1", "column": "9" * 40, "since": "x"}, errors="replace")
    for path in ("/search/", "/search/suggest/", "/search/feed/", "/api/v1/search/"):
        assert client.get(f"{path}?{query}").status_code == 200


def test_what_the_office_recommends_comes_first_and_says_so(ledger, ask):
    ledger.article("news", "马拉松 马拉松 马拉松")
    wanted = ledger.article("news", "赛事报名须知")
    indexing.catch_up()
    PinnedResult.objects.create(query="马拉松", source="page", object_id=str(wanted.pk))
    page = ask("马拉松")
    assert titles(page)[0] == "赛事报名须知"
    assert page.select_one(".hit .hit-pinned").get_text() == "推荐"


def test_feed_interface_and_description(ledger, client):
    ledger.article("news", "龙舟赛事预告", summary="端午")
    ledger.article("policy", "龙舟管理办法", model=PolicyPage)
    indexing.catch_up()
    feed = client.get("/search/feed/", {"q": "龙舟", "kind": "policy"})
    assert [t.text for t in fromstring(feed.content).iterfind(".//item/title")] == ["龙舟管理办法"]
    said = client.get("/api/v1/search/", {"q": "龙舟", "size": 1}).json()
    assert (said["total"], said["pages"], len(said["results"])) == (2, 2, 1)
    assert said["results"][0]["url"].startswith("http")
    assert {v["value"]: v["count"] for v in said["facets"]["kind"]} == {"article": 1, "policy": 1}
    described = fromstring(client.get("/search/opensearch.xml").content)
    assert any("{searchTerms}" in each.get("template", "") for each in described)


def test_too_many_requests_of_a_machine_are_told_to_wait(ledger, client, settings):
    settings.PORTAL_API_RATE = "1/m"
    answers = [client.get("/api/v1/search/?q=a", REMOTE_ADDR="192.0.2.77") for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 429]
    assert answers[1].json()["error"] and answers[1]["Retry-After"]


def test_why_a_result_stands_where_it_does_is_for_the_staff(ledger, client):
    ledger.article("news", "击剑消息")
    indexing.catch_up()
    address = "/search/?q=击剑&explain=1"
    assert b"hit-why" not in client.get(address).content
    ledger.editor.is_superuser = True
    ledger.editor.save()
    client.force_login(ledger.editor)
    assert b"hit-why" in client.get(address).content


class Down:
    """An engine that does not answer."""

    name = "down"

    def __getattr__(self, name):
        def asked(*args, **kwargs):
            raise EngineDown("no route")

        return asked


def test_while_the_engine_is_down_titles_are_found_and_it_is_said(
    ledger, ask, client, settings, monkeypatch
):
    ledger.article("news", "体操公开赛")
    indexing.catch_up()
    monkeypatch.setitem(backends.ENGINES, "down", f"{__name__}.Down")
    settings.PORTAL_SEARCH_ENGINE = "down"
    page = ask("体操")
    assert titles(page) == ["体操公开赛"] and "检索服务暂时不能使用" in page.main.get_text()
    assert client.get("/search/suggest/?q=体操").status_code == 200
    assert client.get("/").status_code == 200
