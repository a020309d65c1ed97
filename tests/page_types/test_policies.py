"""Policy documents as visitors meet them: head table, validity, links both ways, 索引号."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.timezone import localtime

from page_types.models import PolicyPage
from page_types.publication.models import Entry, Facet, Listing, Pointer, ShownFile
from page_types.publication.texts import text_of
from page_types.review.publish_checks import problems_of
from tests.page_types.samples import POLICY, path_to


def read(client, page):
    """The page as a visitor gets it."""
    return BeautifulSoup(client.get(path_to(page)).content, "html.parser")


def facts(soup):
    """The head table: label -> words of the value, in its order."""
    return {
        pair.dt.get_text(strip=True): " ".join(pair.dd.get_text().split())
        for pair in soup.select(".facts > div")
    }


def related(soup):
    """Heading -> titles of the pages below it."""
    return {
        section.h2.get_text(): [link.get_text() for link in section.select("a")]
        for section in soup.select(".related section")
    }


def test_the_head_table_says_all_that_the_regulations_ask_for(ledger, client, settings):
    settings.PORTAL_ISSUER_CODE = "11440000006939000X"
    page = ledger.article("policy", "演示文件", model=PolicyPage, **POLICY)
    shown = localtime(Entry.objects.get(pk=page.pk).shown_at)
    soup = read(client, page)
    found = facts(soup)
    assert found == {
        "索引号": f"11440000006939000X/{shown.year}-00001",
        "主题分类": "卫生、体育/体育",
        "发文机关": "广东省体育局",
        "成文日期": "2016-03-07",
        "标题": "演示文件",
        "文号": "粤体〔2016〕12号",
        "发布日期": shown.strftime("%Y-%m-%d %H:%M"),
        "体裁": "通知",
        "公开属性": "主动公开",
        "施行日期": "2016-04-01",
        "有效期至": "2021-03-31",
        "主动公开事项": "（三）规划及相关政策",
        "有效性": "失效 自 2021-03-31 起",
        "主题词": "政务公开,体育",
    }
    assert soup.h1.find_next("dl")["class"] == ["facts"], "the title comes first, then the table"


@pytest.mark.parametrize("missing", [(), ("effective_date",), ("effective_date", "article_20")])
def test_no_pair_stands_alone_in_a_line(ledger, client, missing):
    fields = {name: value for name, value in POLICY.items() if name not in missing}
    soup = read(client, ledger.article("policy", "演示文件", model=PolicyPage, **fields))
    narrow = 0
    for pair in soup.select(".facts > div"):
        if "facts-wide" in pair.get("class", []):
            assert narrow % 2 == 0, pair
        else:
            narrow += 1
    assert narrow % 2 == 0


def test_links_stand_on_every_document_of_the_round(ledger, client):
    old = ledger.article("policy", "旧办法", model=PolicyPage)
    note = ledger.article("news", "起草说明一则")
    new = ledger.draft("policy", "新办法", model=PolicyPage)
    new.related_documents.create(page=old, role="repeals")
    new.related_documents.create(page=note, role="drafting_note")
    new.save_revision(user=ledger.editor)
    explained = ledger.draft("explained", "新办法解读")
    explained.interprets.create(page=new)
    explained.save_revision(user=ledger.editor)
    ledger.publish(explained)

    # The new document is not public: nobody links to it, by whatever way it is named.
    for page in (old, note, explained):
        assert "新办法" not in client.get(path_to(page)).content.decode().replace("新办法解读", "")

    ledger.publish(new)
    ledger.revise(
        old, validity="repealed", validity_date=date(2016, 5, 1), successor_id=new.pk
    )  # fmt: skip
    ledger.publish(old)
    assert related(read(client, new)) == {
        "本文件废止的文件": ["旧办法"], "起草说明": ["起草说明一则"], "政策解读": ["新办法解读"],
    }  # fmt: skip
    assert related(read(client, note)) == {"对应的政策文件": ["新办法"]}
    assert related(read(client, explained)) == {"解读的文件": ["新办法"]}
    soup = read(client, old)
    assert related(soup) == {"废止本文件的文件": ["新办法"]}
    assert facts(soup)["有效性"] == "废止 自 2016-05-01 起 新办法"
    said = soup.select_one(".out-of-force")
    assert "自 2016-05-01 起废止" in said.get_text()
    assert said.a["href"] == path_to(new)


def test_a_successor_that_is_not_public_is_not_named(ledger, client):
    secret = ledger.draft("policy", "未公布的办法", model=PolicyPage)
    page = ledger.article(
        "policy", "旧办法", model=PolicyPage, validity="amended",
        validity_date=date(2016, 5, 1), successor=secret,
    )  # fmt: skip
    soup = read(client, page)
    assert "未公布的办法" not in soup.get_text()
    assert "自 2016-05-01 起已修改" in soup.select_one(".out-of-force").get_text()
    ledger.publish(secret)
    assert read(client, page).select_one(".out-of-force a")["href"] == path_to(secret)


def test_a_period_that_has_run_out_is_said_on_page_and_list_without_anybody_coming(ledger, client):
    today = timezone.localdate()
    lasting = ledger.article("policy", "尚在有效期", model=PolicyPage, expiry_date=today)
    past = ledger.article(
        "policy", "已过有效期", model=PolicyPage, expiry_date=today - timedelta(days=1)
    )
    assert read(client, lasting).select_one(".out-of-force") is None
    assert "届满" in read(client, past).select_one(".out-of-force").get_text()
    rows = BeautifulSoup(client.get("/policy/").content, "html.parser").select(".row")
    states = {row.a.get_text(): row.select_one(".state").get_text() for row in rows}
    assert states == {"尚在有效期": "有效", "已过有效期": "失效"}


def test_the_list_shows_number_day_of_signature_and_validity(ledger, client):
    ledger.article("policy", "演示文件", model=PolicyPage, **{**POLICY, "expiry_date": None})
    row = BeautifulSoup(client.get("/policy/").content, "html.parser").select_one(".row")
    words = " ".join(row.get_text().split())
    for expected in ("粤体〔2016〕12号", "成文日期：2016-03-07", "有效"):
        assert expected in words


def withdraw(page):
    """What a withdrawal leaves behind (its verb is the review room's): no entry."""
    for model in (Pointer, ShownFile, Listing, Facet):
        model.objects.filter(entry_id=page.pk).delete()
    Entry.objects.filter(pk=page.pk).delete()


@pytest.mark.parametrize("issuer", ["", "11440000006939000X"])
def test_an_index_number_is_given_once_and_never_again(ledger, settings, issuer):
    settings.PORTAL_ISSUER_CODE = issuer

    def number_of(page):
        return Entry.objects.get(pk=page.pk).facts["index_number"]

    shown = timezone.now().replace(year=2016)
    first = ledger.article("policy", "甲", model=PolicyPage, shown_at=shown)
    second = ledger.article("policy", "乙", model=PolicyPage, shown_at=shown)
    other_year = ledger.article("policy", "丙", model=PolicyPage, shown_at=shown.replace(year=2017))
    before = f"{issuer}/" if issuer else ""
    assert [number_of(p) for p in (first, second, other_year)] == [
        f"{before}2016-00001", f"{before}2016-00002", f"{before}2017-00001",
    ]  # fmt: skip

    ledger.revise(second, title="乙（修订）", signed_date=date(2017, 1, 1))
    ledger.publish(second)
    assert number_of(second) == f"{before}2016-00002", "a revision keeps its number"

    withdraw(second)
    third = ledger.article("policy", "丁", model=PolicyPage, shown_at=shown)
    ledger.publish(second, shown_at=shown)
    numbers = [number_of(page) for page in (first, second, third, other_year)]
    assert len(set(numbers)) == 4 and f"{before}2016-00002" not in (number_of(third),)


def test_news_has_no_index_number(ledger, client):
    page = ledger.article("news", "一条新闻")
    assert Entry.objects.get(pk=page.pk).facts == {}
    assert "索引号" not in client.get(path_to(page)).content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"validity": "repealed"}, "validity_date"),
        ({"successor_id": 1}, "validity"),
        ({"effective_date": date(2016, 4, 1), "expiry_date": date(2016, 3, 1)}, "expiry_date"),
    ],
)
def test_contradictions_between_fields_stop_a_submission_and_no_draft(ledger, fields, field):
    page = ledger.draft("policy", "矛盾的文件", model=PolicyPage, **POLICY)
    revision = ledger.revise(page, body=[("paragraph", "<p>正文</p>")], **fields)
    found = problems_of(text_of(revision), page)
    assert {each.field for each in found if each.blocking} == {field}
