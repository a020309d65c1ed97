"""What the checks mean at submission: told together, overridden with a reason, masked on demand."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.test.utils.form_data import rich_text

from page_types.blocks import PARAGRAPH_FEATURES
from page_types.models import PolicyPage
from page_types.publication.models import Entry
from page_types.review import services
from page_types.review.checks import secrecy
from page_types.review.checks.models import CheckSeverity, OverriddenCheck, SecrecyReview
from page_types.review.checks.submission import ChecksFailed
from tests.access import forms
from tests.houses import SECRECY, declared

ID, MOBILE = "11010519491231002X", "13812345678"
#: What the editor's form sends without a declaration.
UNDECLARED = dict.fromkeys(declared(), "")


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def checks_url(page):
    return reverse("review:checks", args=[page.pk])


def read(answer):
    return BeautifulSoup(answer.content, "html.parser")


def texts(shown, selector):
    return [" ".join(each.get_text().split()) for each in shown.select(selector)]


def latest(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def in_review(page):
    return bool(Page.objects.get(pk=page.pk).specific.current_workflow_state)


def paragraph(words, number="0b0b0b0b-0000-4000-8000-000000000001"):
    return {"type": "paragraph", "value": f"<p>{words}</p>", "id": number}


@pytest.fixture
def trouble(house):
    """A draft with a number of each sort, in text, table and caption."""
    table = {
        "data": [["姓名", "身份证号"], ["甲", ID]],
        "first_row_is_table_header": False,
        "first_col_is_header": False,
        "table_caption": f"联系电话{MOBILE}",
    }
    page = house.draft(
        house.alice,
        "news",
        "有问题的稿件",
        body=[("paragraph", f"<p>证件 110105<b>19491231</b>002x</p><p>{MOBILE}</p>"),
              ("table", table)],
    )  # fmt: skip
    return page


def test_all_that_must_be_mended_is_told_at_once_each_with_its_field(house, trouble):
    client = house.client(house.alice)
    body = deepcopy(latest(trouble).body.get_prep_value())
    post = forms.article("有问题的稿件", slug=trouble.slug, action="action-submit", blocks=[])
    answer = client.post(edit_url(trouble), post, follow=True)
    assert not in_review(trouble) and "正文是空的" in answer.content.decode()
    house.edit(trouble, house.alice, body=body)
    shown = read(client.get(edit_url(trouble) + "?checks=1"))
    must = shown.select(".review-problem--must")
    assert len(must) == 2 and all("110105********002X" in each.get_text() for each in must)
    assert ID not in shown.select_one(".review-found").get_text()
    assert all("一键遮盖" in each.get_text() for each in must)
    # Each link names an element that the editor makes for this block.
    anchors = {each.a["href"] for each in must}
    assert anchors == {f"#block-{block['id']}-section" for block in body}
    # Without script the link at least leads to the panel of the field.
    policy = house.draft(house.bob, "policy", "缺要素", body=[("heading", "")])
    assert read(house.client(house.bob).get(edit_url(policy))).select_one("#secrecy")
    shown = read(house.client(house.bob).get(checks_url(policy)))
    lead = shown.select_one(".review-problem--must a")
    editor, _hash, anchor = lead["href"].partition("#")
    assert editor == edit_url(policy)
    assert read(house.client(house.bob).get(editor)).find(id=anchor)


def test_masking_shows_asks_and_changes_only_the_draft(house, trouble):
    house.edit(trouble, house.alice, body=[("paragraph", "<p>旧文</p>")])
    page = house.publish(trouble, house.alice)
    body = [paragraph(f"证件 110105<b>19491231</b>002x，&amp;电话{MOBILE}")]
    house.edit(page, house.alice, body=body)
    alice, url = house.client(house.alice), reverse("review:mask", args=[page.pk])
    shown = read(alice.get(url))
    assert "110105********002x" in texts(shown, ".review-change__new")[0]
    digest = shown.find("input", {"name": "digest"})["value"]
    for user in (house.rita, house.bob):
        house.client(user).post(url, {"digest": digest})
    alice.post(url, {"digest": "0" * 64})
    assert "19491231" in str(latest(page).body), "nothing is masked by others or unseen"
    before = Entry.objects.get(pk=page.pk).text_id
    revisions = page.revisions.count()
    alice.post(url, {"digest": digest})
    assert latest(page).body[0].value.source == (
        "<p>证件 110105<b>********</b>002x，&amp;电话138****5678</p>"
    )
    assert page.revisions.count() == revisions + 1
    assert latest(page).latest_revision.user == house.alice
    assert Entry.objects.get(pk=page.pk).text_id == before
    assert PageLogEntry.objects.filter(page=page.pk, action="review.masked").count() == 1
    assert "没有可以遮盖的内容" in read(alice.get(url)).get_text()


def test_what_may_stay_is_not_masked(house, trouble):
    """A mobile may be an office's contact: the kinds are the editor's choice."""
    alice, url = house.client(house.alice), reverse("review:mask", args=[trouble.pk])
    shown = read(alice.get(url, {"kind": "resident_id"}))
    assert MOBILE in texts(shown, ".review-change__new")[0]
    form = {each["name"]: each["value"] for each in shown.select("form[method=post] [name]")}
    alice.post(url, form)
    words = str(latest(trouble).body)
    assert MOBILE in words and "19491231" not in words


def test_a_table_and_its_caption_are_masked_too(house, trouble):
    alice, url = house.client(house.alice), reverse("review:mask", args=[trouble.pk])
    digest = read(alice.get(url)).find("input", {"name": "digest"})["value"]
    alice.post(url, {"digest": digest})
    table = latest(trouble).body[1].value
    assert table["data"][1][1] == "110105********002X"
    assert table["table_caption"] == "联系电话138****5678"
    house.declare(trouble, house.alice)
    found = read(alice.get(checks_url(trouble)))
    assert not found.select(".review-problem--must")
    assert texts(found, ".review-problem--should > a") == ["第 1 个表格没有表头"]


def test_an_override_needs_a_reason_and_everyone_sees_it(house):
    page = house.draft(house.alice, "news", "联系", body=[paragraph(f"联系人电话{MOBILE}")])
    alice = house.client(house.alice)
    with pytest.raises(ChecksFailed, match="手机号码"):
        services.submit(page, house.alice)
    answer = alice.post(checks_url(page), {"reason-personal_mobile": "  "})
    assert answer.status_code == 200 and not in_review(page)
    alice.post(checks_url(page), {"reason-personal_mobile": "报名联系人同意公开"})
    row = OverriddenCheck.objects.get(page_id=page.pk)
    assert row.by == house.alice and MOBILE not in str(row.messages)
    log = PageLogEntry.objects.get(page=page.pk, action="review.check_overridden")
    assert log.data["reason"] == "报名联系人同意公开" and log.user == house.alice
    screen = reverse("review:screen", args=[house.state_of(page).pk])
    shown = read(house.client(house.rita).get(screen)).get_text()
    assert "报名联系人同意公开" in shown and "保密审查：保密员" in shown
    # Returned and submitted again unchanged: the reason stands. Changed: it is asked anew.
    services.return_draft(house.state_of(page), house.rita, "改")
    services.submit(page, house.alice)
    services.return_draft(house.state_of(page), house.rita, "再改")
    house.edit(page, house.alice, title="联系方式")
    with pytest.raises(ChecksFailed, match="手机号码"):
        services.submit(page, house.alice)
    # The editor's own button takes the reason as well, from beside the list of what is wrong.
    shown = read(alice.get(edit_url(page) + "?checks=1"))
    reason = shown.find("textarea", {"name": "reason-personal_mobile"})
    assert reason["form"] == shown.select_one("form[data-edit-form]")["id"]
    words = rich_text(f"<p>联系人电话{MOBILE}</p>", features=PARAGRAPH_FEATURES)
    post = forms.article("联系", slug=page.slug, blocks=[("paragraph", words)])
    answer = alice.post(
        edit_url(page), {**post, "action-submit": "1", reason["name"]: "仍是报名联系人"}
    )
    assert answer.status_code == 302 and house.state_of(page)
    assert OverriddenCheck.objects.filter(page_id=page.pk).latest("pk").reason == "仍是报名联系人"


def test_no_text_leaves_without_its_secrecy_declaration(house):
    alice = house.client(house.alice)
    page = house.draft(house.alice, "news", "原稿")
    post = forms.article("未审查", slug=page.slug, action="action-submit")
    answer = alice.post(edit_url(page), {**post, **UNDECLARED}, follow=True)
    assert not in_review(page) and latest(page).title == "未审查"
    # Nothing is wrong with the text: the editor is where he can say what is wanting.
    assert answer.redirect_chain[-1][0] == checks_url(page)
    with pytest.raises(ChecksFailed, match="还没有填写保密审查"):
        services.submit(page, house.alice)
    form = read(answer).select_one("#secrecy")
    assert form.find("input", {"name": "secrecy-reviewer"})["value"] == "保密员", "as last time"
    late = timezone.localdate() + timedelta(1)
    for wrong, said in (
        ({"secrecy-done": ""}, "完成保密审查后请勾选"),
        ({"secrecy-reviewed_on": late.isoformat()}, "不能晚于今天"),
        ({"secrecy-disclosure": "on_request"}, "请写明理由"),
        ({"secrecy-conclusion": "closed", "secrecy-reason": "涉密"}, "结论是不能公开"),
    ):
        answer = alice.post(checks_url(page), {**declared(), **wrong})
        assert said in answer.content.decode() and not in_review(page)
    house.client(house.rita).post(checks_url(page), declared())
    house.client(house.bob).post(checks_url(page), declared())
    assert not in_review(page)
    more = {"secrecy-disclosure": "on_request", "secrecy-reason": "涉及商业秘密的部分已删去"}
    alice.post(checks_url(page), {**declared(), **more})
    assert in_review(page)
    row = SecrecyReview.objects.filter(page_id=page.pk).latest("pk")
    assert (row.by, row.reviewer, row.reason) == (house.alice, "保密员", more["secrecy-reason"])
    assert PageLogEntry.objects.filter(page=page.pk, action=secrecy.DECLARED).exists()


def test_a_declaration_is_of_one_text(house):
    page = house.draft(house.alice, "news", "第一稿")
    draft = latest(page)
    draft.title = "第二稿"
    draft.save_revision(user=house.alice)
    with pytest.raises(ChecksFailed, match="保密审查"):
        services.submit(page, house.alice)
    services.submit(page, house.alice, secrecy=secrecy.as_before(page))
    column = house.pages["news"]
    house.edit(column, house.alice, title="要闻")
    services.submit(column, house.alice)  # the text of a column needs none


def test_the_office_decides_how_grave_a_check_is(house):
    page = house.draft(house.alice, "news", "联系", body=[paragraph(f"联系人电话{MOBILE}")])
    url = reverse("review:check_setting", args=["personal_mobile"])
    for user in (house.alice, house.rita, house.lin, house.cai):
        assert house.client(user).get(url).status_code in (302, 403)
    olga = house.client(house.olga)
    assert "手机号码" in olga.get(reverse("review:check_settings")).content.decode()
    assert olga.get(reverse("review:check_setting", args=["secrecy"])).status_code == 404
    olga.post(url, {"kind-": "advice", "kind-news": "must"})
    assert set(CheckSeverity.objects.values_list("kind", "severity")) == {
        ("", "advice"), ("news", "must"),
    }  # fmt: skip
    with pytest.raises(ChecksFailed, match="手机号码"):
        services.submit(page, house.alice, reasons="有理由也不行")
    notice = house.draft(house.alice, "notice", "联系", body=[paragraph(f"联系人电话{MOBILE}")])
    services.submit(notice, house.alice)
    olga.post(url, {"kind-": "", "kind-news": "off"})
    services.submit(page, house.alice)
    changes = ModelLogEntry.objects.filter(action="review.check_severity", user=house.olga)
    assert [(each.data["kind"], each.data["after"]) for each in changes.order_by("pk")] == [
        ("", "advice"), ("news", "must"), ("", ""), ("news", "off"),
    ]  # fmt: skip


def test_a_document_without_its_data_and_the_same_number_twice(house):
    facts = {
        "document_number": "粤体〔2016〕12号",
        "issuing_body": "局",
        "signed_date": "2016-03-18",
    }

    def document(title, **fields):
        page = PolicyPage(
            title=title, department=house.departments["b"], owner=house.bob, live=False,
            body=[("paragraph", f"<p>{title}的正文</p>")], **fields,
        )  # fmt: skip
        house.pages["policy"].add_child(instance=page)
        page.save_revision(user=house.bob)
        return page

    with pytest.raises(ChecksFailed) as failed:
        services.submit(document("缺要素"), house.bob, secrecy=SECRECY)
    assert [each.field for each in failed.value.findings.should] == list(facts)
    house.publish(document("甲文件", **facts), house.bob)
    other = document("乙文件", **facts)
    with pytest.raises(ChecksFailed, match="文号与已公开的“甲文件”相同"):
        services.submit(other, house.bob, secrecy=SECRECY)


def test_the_screens_are_for_those_who_may_see_the_page(house, trouble):
    assert house.client(house.bob).get(checks_url(trouble)).status_code in (302, 403, 404)
    for user in (house.rita, house.lin, house.olga):
        shown = read(house.client(user).get(checks_url(trouble)))
        assert "110105********002X" in shown.get_text()
        assert not re.search(r"送审</button>", str(shown))
