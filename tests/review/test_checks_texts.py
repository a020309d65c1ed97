"""What the checks find in texts: words, links, headings, tables, repetitions, hard sentences."""

import json
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from page_types.models import ServicePage
from page_types.publication.models import Entry
from page_types.publication.texts import text_of
from page_types.review import publish_checks, services
from page_types.review.checks import confirm, duplicates, links, masking, words
from page_types.review.checks.models import ConfirmWord, SignatureBand, TextSignature

LONG = (
    "为深入贯彻全民健身条例，省体育局定于二〇一六年三月在全省范围内开展全民健身示范点创建工作。" * 6
)


def found(page, check):
    text = text_of(page.get_latest_revision())
    return [each for each in publish_checks.problems_of(text, page) if each.check == check]


def messages(page, check):
    return [each.message for each in found(page, check)]


def paragraphs(*values):
    return [("paragraph", value) for value in values]


@pytest.mark.parametrize(
    "written",
    ["残疾人联合会和残废人", "残 废\u3000人", "残\u200b废\ufeff人", "残<b>废</b>人", "殘廢人",
     "残·废·人", "残&nbsp;废人", "残-废-人", "残<br/>废人"],
)  # fmt: skip
def test_a_word_to_confirm_however_it_is_written(house, written):
    page = house.draft(house.alice, "news", "词", body=paragraphs(f"<p>关于{written}的通知</p>"))
    assert ["残废人" in each for each in messages(page, "confirm_words")] == [True]
    assert "残疾人" in found(page, "confirm_words")[0].mend


def test_words_are_not_made_of_the_end_of_one_line_and_the_next(house):
    page = house.draft(house.alice, "news", "词", body=paragraphs("<p>伤残</p><p>废人</p>"))
    assert messages(page, "confirm_words") == []
    assert confirm.folded("ＡＢ c\u200b裏") == "abc里"


def test_the_office_keeps_the_dictionary(house):
    olga, add = house.client(house.olga), reverse("confirm_words:add")
    assert house.client(house.alice).get(add).status_code in (302, 403)
    olga.post(add, {"word": "省长", "suggestion": "", "note": "核对是否在任", "active": "on"})
    page = house.draft(house.alice, "news", "领导活动", summary="副省長张某出席")
    assert found(page, "confirm_words")[0].mend == "核对是否在任"
    assert found(page, "confirm_words")[0].field == "summary"
    ConfirmWord.objects.filter(word="省长").update(active=False)
    assert messages(page, "confirm_words") == []


def test_links_inside_must_lead_to_something_public(house, settings):
    public = house.publish(house.draft(house.alice, "news", "公开的"), house.alice)
    draft = house.draft(house.alice, "news", "草稿")
    own = settings.SITE_URL
    body = (
        f'<a linktype="page" id="{public.pk}">一</a><a linktype="page" id="{draft.pk}">二</a>'
        f'<a linktype="page" id="999999">三</a><a linktype="document" id="999999">四</a>'
        f'<a href="{own}/news/{public.slug}/">五</a><a href="{own}/news/nothing/">六</a>'
        f'<a href="/no-such-column/">七</a><a href="/search/?q=a">八</a><a href="/news/">九</a>'
        f'<a href="{own}/hant/news/{public.slug}/">十</a><a href="/">首页</a>'
    )
    page = house.draft(house.alice, "news", "链接", body=paragraphs(f"<p>{body}</p>"))
    assert [each.split("“")[1][0] for each in messages(page, "dead_links")] == list("二三四六七")
    with pytest.raises(services.ReviewRefused, match="指向的内容没有公开"):
        services.submit(page, house.alice)


@pytest.mark.parametrize(
    ("href", "right"),
    [
        ("https://www.sport.gov.cn/n20001280/index.html", True),
        ("http://www.gd.gov.cn:8080/a?b=c#d", True),
        ("https://体育.中国/", True),
        ("mailto:office@example.org", True),
        ("tel:020-83123456", True),
        ("#top", True),
        ("/news/", True),
        ("www.sport.gov.cn", False),
        ("http://sport", False),
        ("https://www.sport.gov.cn，", False),
        ("http://http://www.sport.gov.cn", False),
        ("https:// www.sport.gov.cn", False),
        ("http:/www.sport.gov.cn", False),
        ("javascript:alert(1)", False),
        ("mailto:office", False),
        ("https://www.sport.gov.cn:port/", False),
        ("", False),
    ],
)
def test_addresses_of_others(href, right):
    assert (links.malformed(href) == "") is right


def test_headings_and_tables(house):
    table = {"data": [["一", "二"]], "first_row_is_table_header": False}
    body = [
        ("paragraph", "<h4>太深</h4><p>文</p>"), ("heading", "节"),
        ("paragraph", "<h3>款</h3><h4>项</h4><h3>款</h3>"), ("table", table),
        ("table", {**table, "first_col_is_header": True}),
    ]  # fmt: skip
    page = house.draft(house.alice, "news", "结构", body=body)
    assert messages(page, "heading_order") == ["小标题“太深”跳了一级"]
    assert messages(page, "table_headers") == ["第 1 个表格没有表头"]
    first = page.get_latest_revision_as_object().body.get_prep_value()[0]["id"]
    assert found(page, "heading_order")[0].anchor == f"block-{first}-section"


def test_hard_to_read_is_only_said(house):
    body = paragraphs(f"<p>近日，{'体育' * 70}。今天（3月5日）开幕。</p>")
    page = house.draft(house.alice, "news", "易读", body=body)
    told = messages(page, "readability")
    assert len(told) == 2 and "143 字" in told[0] and "“近日”" in told[1]
    services.submit(page, house.alice)


@contextmanager
def counted(most):
    with CaptureQueriesContext(connection) as made:
        yield
    assert len(made) <= most, [each["sql"][:120] for each in made]


def test_nearly_the_same_text_is_found_with_few_queries(house):
    first = house.publish(
        house.draft(house.alice, "news", "创建工作的通知", body=paragraphs(f"<p>{LONG}</p>")),
        house.alice,
    )
    for number in range(3):
        text = "".join(chr(0x4E00 + (number * 997 + n * 7) % 20_000) for n in range(300))
        body = paragraphs(f"<p>{text}</p>")
        house.publish(house.draft(house.alice, "quick", f"别的{number}", body=body), house.alice)
    assert duplicates.follow() + TextSignature.objects.count() >= 4
    assert duplicates.follow() == 0
    changed = LONG.replace("三月", "四月", 1)
    again = house.draft(house.bob, "policy", "另一标题", body=paragraphs(f"<p>{changed}</p>"))
    text = text_of(again.get_latest_revision())
    with counted(7):
        told = list(duplicates.not_public_already(text, again))
    assert len(told) == 1 and "创建工作的通知" in told[0].message
    # Its own newer draft is no repetition, and what is withdrawn is public no more.
    own = house.edit(first, house.alice, title="创建工作的通知（修订）")
    assert messages(own, "duplicates") == []
    row = Entry.objects.get(pk=first.pk)
    for rows in (row.pointers, row.files, row.listings, row.facets):
        rows.all().delete()
    row.delete()
    assert messages(again, "duplicates") == []


def test_signatures_are_made_anew_from_the_ledger(house):
    page = house.publish(
        house.draft(house.alice, "quick", "通知", body=paragraphs(f"<p>{LONG}</p>")), house.alice
    )
    duplicates.follow()
    bands = SignatureBand.objects.filter(signature=page.pk).values_list("key", flat=True)
    keys = set(bands)
    assert len(keys) == 8
    TextSignature.objects.all().delete()
    duplicates.follow()
    assert set(bands.all()) == keys


def test_words_of_everything_and_of_other_sources(house, monkeypatch):
    table = {"data": [["姓名"], ["表中"]], "table_caption": "表名"}
    page = house.draft(
        house.alice, "news", "题目", summary="摘要", source="来处", keywords="词",
        search_description="说明",
        body=[("heading", "小标题"), ("paragraph", "<p>正&amp;文</p>"), ("table", table),
              ("quotation", {"text": "引文", "source": "出处"}),
              ("callout", {"kind": "warning", "title": "注意", "text": "<p>小心</p>"})],
    )  # fmt: skip
    monkeypatch.setattr(words, "_sources", [])

    @words.source
    def attached(text):
        yield words.Piece("body", "附件里的11010519491231002X")

    text = text_of(page.get_latest_revision())
    said = publish_checks.words_of(text).split()
    wanted = (
        "题目 摘要 来处 词 说明 小标题 正&文 表名 表中 引文 出处 小心 附件里的11010519491231002X"
    )
    assert set(wanted.split()) <= set(said)
    assert "warning" not in said and page.slug not in said
    told = found(page, "personal_id")
    assert "110105********002X" in told[0].message and "重新上传" in told[0].mend


def test_numbers_of_a_page_s_rows_and_plain_fields_are_masked(house):
    page = ServicePage(
        title="指南", department=house.departments["a"], owner=house.alice, live=False,
        phone="13812345678", materials=[("material", {"name": "原件", "note": "13912345678"})],
    )  # fmt: skip
    house.pages["quick"].add_child(instance=page)
    page.save_revision(user=house.alice)
    text = text_of(page.get_latest_revision())
    masking.mask(page, house.alice, text.digest)
    content = page.revisions.latest("pk").content
    assert content["phone"] == "138****5678"
    assert "139****5678" in json.dumps(json.loads(content["materials"]))
