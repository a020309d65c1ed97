"""检索工作台: whose it is, what it shows, and that what is taught there works at once."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from page_types.review.audit.models import AuditEntry
from page_types.review.audit.sequencer import sequence_audit
from search import first_words, indexing
from search.log_models import ClickDay, QueryDay
from search.searching import search
from search.vocabulary import vocabulary
from search.vocabulary_models import PinnedResult, StopWord, Synonym
from tests.houses import small_house
from tests.once import once

DESK = "/admin/search-desk/"
SCREENS = [
    DESK, f"{DESK}pins/", f"{DESK}pins/query/?q=体育", "/admin/search_synonyms/",
    "/admin/search_synonyms/new/", f"{DESK}synonyms/", "/admin/search_words/",
    "/admin/search_stop_words/", "/admin/search_boosts/new/", "/admin/search_hidden/",
]  # fmt: skip


def stocked():
    """The small house with three public articles in the index."""
    built = small_house()
    for title in ("奥林匹克运动会开幕", "健身步道开放", "健身步道规划"):
        built.publish(built.draft(built.alice, "quick", title), built.alice)
    indexing.follow()
    return built


house = once(stocked)


@pytest.fixture(autouse=True)
def savepoint(db, house):
    """Each test in a savepoint within the house's."""


def titles(text):
    return [hit.document.title for hit in search(text).hits]


def add(client, name, **fields):
    """Through core's form; what it answers."""
    return client.post(f"/admin/{name}/new/", fields, follow=True)


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("olga", True), ("cai", True), ("admin", True),
        ("alice", False), ("rita", False), ("lin", False),
    ],
)  # fmt: skip
def test_the_desk_is_for_office_centre_and_administrators(house, name, may):
    client = house.client(getattr(house, name))
    for screen in SCREENS if name in ("olga", "alice") else SCREENS[:4]:
        answer = client.get(screen)
        assert (answer.status_code == 200) is may, screen
    # The menu is data for a script: non-ASCII characters are escaped in it.
    assert (f'"{DESK}"' in client.get("/admin/").content.decode()) is may
    refused = client.post(
        f"{DESK}pins/query/?q=健身", {"action": "pin", "source": "page", "object_id": "1"}
    )
    assert refused.status_code == 302  # to itself, or for others away
    if not may:
        add(client, "search_synonyms", words="甲乙、丙丁", active="on")
        assert not Synonym.objects.exists()


def test_a_synonym_works_at_once_and_is_logged(house):
    client = house.client(house.olga)
    assert titles("奥运盛会") == titles("奥运") == []
    add(client, "search_synonyms", words="奥运=奥林匹克运动会", active="on")
    assert titles("奥运") == ["奥林匹克运动会开幕"]
    entry = ModelLogEntry.objects.latest("pk")
    assert (entry.action, entry.user, entry.label) == (
        "wagtail.create", house.olga, "奥运、奥林匹克运动会",
    )  # fmt: skip
    for words, told in (
        ("奥运、夏奥", "已在另一组"),
        ("单个", "至少两个词"),
        ("体、体育", "一个字"),
    ):
        assert told in add(client, "search_synonyms", words=words, active="on").content.decode()
    assert Synonym.objects.count() == 1
    form = soup(client.get("/admin/search_synonyms/new/?words=双公示"))
    assert form.find("textarea", {"name": "words"}).text.strip() == "双公示"
    Synonym.objects.update(active=False)
    Synonym.objects.get().save()
    assert titles("奥运") == []


def test_a_sheet_of_synonyms_is_pasted_whole_or_not_at_all(house):
    client = house.client(house.olga)
    answer = client.post(f"{DESK}synonyms/", {"lines": "全运\t全运会\n单个\n\n全运、全国运动会\n"})
    told = answer.content.decode()
    assert "第 2 行：请写至少两个词" in told
    assert "第 3 行：“全运”已在另一组" in told
    assert not Synonym.objects.exists()
    answer = client.post(f"{DESK}synonyms/", {"lines": "全运\t全运会\n省局,省体育局"}, follow=True)
    assert "已添加 2 组同义词" in answer.content.decode()
    assert vocabulary().synonyms["省局"] == ("省体育局",)
    assert ModelLogEntry.objects.filter(action="wagtail.create", user=house.olga).count() == 2


def test_words_stop_words_and_boosts_are_in_force_with_the_names_of_the_site(house):
    client = house.client(house.cai)
    known = vocabulary()
    assert {"体育要闻", "办公室", "群众体育处"} <= known.words
    assert "请问" in known.stop_words
    add(client, "search_words", word="健身步道")
    add(client, "search_stop_words", word="您好", stops="on")
    add(client, "search_stop_words", word="请问")  # not ticked: against the standard list
    add(client, "search_boosts", column=house.columns["quick"].pk, points=8)
    assert "已经有了" in add(client, "search_words", word="健身步道").content.decode()
    known = vocabulary()
    assert "健身步道" in known.words
    assert "您好" in known.stop_words
    assert "请问" not in known.stop_words
    assert known.boosts == {house.columns["quick"].pk: 8.0}
    assert "群体动态" in client.get("/admin/search_boosts/").content.decode()
    with CaptureQueriesContext(connection) as asked:
        assert vocabulary() is known
    assert len(asked) == 1


def test_what_the_office_recommends_comes_first(house):
    client = house.client(house.otto)
    before = titles("健身步道")
    assert len(before) == 2
    screen = f"{DESK}pins/query/?q=健身步道"

    def press(label):
        page = soup(client.get(screen))
        button = page.find("button", {"aria-label": label})
        form = button.find_parent("form")
        fields = {each["name"]: each["value"] for each in form.find_all("input")}
        answer = client.post(form["action"], {**fields, "action": button["value"]}, follow=True)
        return soup(answer)

    page = press(f"推荐：{before[1]}")
    first = page.find_all("ol")[1].find("li")
    assert before[1] in first.text
    assert first.find(class_="review-mark").text == "推荐"
    assert titles("健身步道") == before[::-1]
    assert search("健身步道").hits[0].pinned
    assert titles("健身步道 开放") != before[::-1]  # exactly this query, and no other
    press(f"推荐：{before[0]}")
    press(f"上移：{before[0]}")
    assert titles("健身步道") == before
    page = press(f"取消推荐：{before[0]}")
    assert titles("健身步道") == before[::-1]
    # One that the query does not find, looked for by other words.
    screen += "&find=奥林匹克"
    press("推荐：奥林匹克运动会开幕")
    assert titles("健身步道")[:2] == [before[1], "奥林匹克运动会开幕"]
    assert "推荐 2 条" in client.get(f"{DESK}pins/").content.decode()
    said = [entry.message for entry in ModelLogEntry.objects.order_by("pk")]
    assert said[0] == f"“健身步道”推荐了“{before[1]}”"
    assert [entry.action for entry in ModelLogEntry.objects.order_by("pk")] == [
        "search.pin", "search.pin", "search.pin_moved", "search.unpin", "search.pin",
    ]  # fmt: skip


def test_nothing_that_is_not_public_is_recommended(house):
    client = house.client(house.olga)
    draft = house.draft(house.alice, "quick", "只是草稿")
    screen = f"{DESK}pins/query/?q=草稿"
    answer = client.post(
        screen, {"action": "pin", "source": "page", "object_id": str(draft.pk)}, follow=True
    )
    assert "没有公开" in answer.content.decode()
    PinnedResult.objects.create(query="草稿", source="page", object_id=str(draft.pk), title="旧题")
    assert "访客看不到这一条" in client.get(screen).content.decode()
    assert titles("草稿") == []


@pytest.fixture
def asked():
    """A month of searches: 健身 often, 龙舟 never found, one that is a formula."""
    today = timezone.localdate()
    for age, query, times, empty, relaxed, found in (
        (0, "健身步道", 3, 0, 0, 2), (1, "健身步道", 4, 0, 0, 2), (0, "龙舟", 30, 30, 0, 0),
        (2, "=1+1", 2, 1, 1, 3), (60, "很久以前", 9, 9, 0, 0),
    ):  # fmt: skip
        row = QueryDay.objects.create(
            day=today - timedelta(days=age), query=query, asked=times, empty=empty,
            relaxed=relaxed, found=found,
        )  # fmt: skip
        if query == "健身步道":
            ClickDay.objects.create(
                query_day=row, source="page", object_id="0", clicks=2, positions=2 + 4 * age
            )


def test_the_overview_tells_what_is_looked_for_and_not_found(house, asked):
    client = house.client(house.cai)
    page = soup(client.get(DESK))
    lines = [line.get_text(" ", strip=True) for line in page.select(".search-line")]
    assert [line.split()[0] for line in lines] == ["龙舟", "健身步道", "=1+1"]
    assert "2 天中检索 7 次 · 最近一次 2 条 · 打开 4 次 · 平均位次 2.0" in " ".join(
        lines[1].split()
    )
    totals = [each.get_text(" ", strip=True) for each in page.select(".search-totals dd")]
    assert totals == ["39", "31 79%", "4", "2.0"]
    empty = client.get(f"{DESK}?list=empty&days=90").content.decode()
    assert "很久以前" in empty
    assert "健身步道" not in empty
    assert "已不公开的信息" in client.get(f"{DESK}?list=clicks").content.decode()
    for strange in ("?list=x&days=x&p=x", "?p=99", "?days=9999999999999"):
        assert client.get(DESK + strange).status_code == 200
    assert "近 7 天有 31 次检索没有结果" in client.get("/admin/").content.decode()
    assert "检索没有结果" not in house.client(house.alice).get("/admin/").content.decode()


def test_a_downloaded_list_runs_no_formula_and_is_in_the_audit(house, asked):
    client = house.client(house.olga)
    answer = client.get(f"{DESK}?list=popular&days=30&export=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["检索词", "检索次数"]
    assert rows[2] == ["健身步道", "7", "2", "0", "0", "2", "4", "2.0"]
    assert rows[3][0] == "'=1+1"
    sequence_audit()
    entry = AuditEntry.objects.filter(action="export.downloaded").latest("number")
    assert entry.user_id == house.olga.pk
    assert entry.label.startswith("search-popular-30d-")
    opened = client.get(f"{DESK}?list=clicks&export=csv").content.decode("utf-8-sig")
    assert len(opened.splitlines()) == 2


def test_first_entries_are_given_once_and_then_belong_to_editors():
    entries = {"synonyms": ["奥运、奥运会", "省局、省体育局"], "stop_words": ["您好"]}
    Synonym.objects.create(words="省局、广东省体育局")  # the office was first
    assert first_words.give(entries) == 2
    assert vocabulary().synonyms["奥运"] == ("奥运会",)
    assert vocabulary().synonyms["省局"] == ("广东省体育局",)
    Synonym.objects.filter(words="奥运、奥运会").update(words="奥运、奥林匹克")
    StopWord.objects.all().delete()
    assert first_words.give(entries) == 0
    assert not StopWord.objects.exists()
    assert first_words.give({"synonyms": ["全运、全运会"]}) == 1
    with pytest.raises(ValidationError):
        first_words.give({"synonyms": ["单个"]})


def test_the_plans_own_first_entries_are_sound(settings, tmp_path):
    from structure.sync import Report, words

    report = Report()
    words.apply(report, settings.PORTAL_COLUMNS_FILE)
    assert report.changed
    assert {"奥林匹克运动会", "奥运会"} <= set(vocabulary().synonyms["奥运"])
    assert "广东省体育局" in vocabulary().synonyms["省局"]
    again = Report()
    words.apply(again, settings.PORTAL_COLUMNS_FILE)
    words.apply(again, tmp_path / "columns.yaml")  # a plan without such a file
    assert not again.changed
    for wrong in ("synonyms: 奥运", "others: [a]", "synonyms: [1]", "a: [", "- a"):
        (tmp_path / words.FILE).write_text(wrong, encoding="utf-8")
        with pytest.raises(words.Refused):
            words.apply(again, tmp_path / "columns.yaml")
