"""Remarks and suggested wording: written on the screen, taken by the author at one click."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, WorkflowState

from page_types.organisation.models import User
from page_types.publication.models import Entry, Seal
from page_types.review import rules, services
from page_types.review.notices.models import Notice
from page_types.review.remarks.models import Remark

BODY = [
    ("heading", "活动安排"),
    (
        "paragraph",
        '<p>各单位要<b>积极</b>参于全民健身活动，详见<a href="https://example.org/a?b=1&amp;c=2">'
        "活动页面</a>。</p><p>活动由处室组织 &amp; 实施。</p>",
    ),
]


@pytest.fixture
def page(house):
    """Alice's text of department A, submitted."""
    page = house.draft(house.alice, "news", "全民健身日活动", body=BODY)
    services.submit(page, house.alice)
    return page


def screen_of(house, page):
    review = Page.objects.get(pk=page.pk).current_workflow_state
    return reverse("review:screen", args=[review.current_task_state_id])


def note(house, page, user, **data):
    """Fill the form for remarks on the review screen; the text of the page that answers."""
    answer = house.client(user).post(
        screen_of(house, page), {"action": "remark", **data}, follow=True
    )
    return BeautifulSoup(answer.content, "html.parser").body.text


def answer(house, page, user, **data):
    """Press a button on the page of remarks."""
    url = reverse("review:remarks", args=[page.pk])
    return house.client(user).post(url, data, follow=True).content.decode()


def newest(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def paragraph(page):
    return newest(page).body[1].value.source


def approve(house, page, user):
    client, url = house.client(user), screen_of(house, page)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(url).content.decode())[1]
    client.post(url, {"action": "approve", "seen": seen})


def test_taking_a_suggestion_is_return_revision_and_resubmission_in_one(house, page):
    approve(house, page, house.rita)
    assert "意见已记下" in note(house, page, house.lin, quote="参于", wording="参与")
    told = Notice.objects.get(kind="remark")
    assert told.user == house.alice and "参与" in told.body
    home = house.client(house.alice).get(reverse("wagtailadmin_home")).content.decode()
    assert "1 条审核意见待处理" in home
    before = paragraph(page)
    remark = Remark.objects.get()
    shown = answer(house, page, house.alice, action="take", remark=remark.pk)
    assert "已采纳并重新送审" in shown
    # The words changed, the markup did not; the review runs again from its first step, unsealed.
    assert paragraph(page) == before.replace("参于", "参与")
    assert house.state_of(page).task.specific.step == "department_review"
    assert Seal.objects.get().state == Seal.State.VOID
    remark.refresh_from_db()
    assert (remark.state, remark.ended_by) == ("taken", house.alice)
    # The audit names both; the taker has a hand in the text, the proposer has not.
    data = PageLogEntry.objects.get(action="review.take_suggestion").data
    assert (data["proposer"]["name"], data["taker"]["name"]) == ("林局", "安丽")
    history = reverse("wagtailadmin_pages:history", args=[page.pk])
    assert "安丽采纳了林局的建议" in house.client(house.alice).get(history).content.decode()
    assert rules.people_with_a_hand([page.pk])[page.pk] == {house.alice.pk}
    # Whoever had approved is shown this difference and nothing else of the text.
    screen = BeautifulSoup(
        house.client(house.rita).get(screen_of(house, page)).content, "html.parser"
    )
    marked = [mark.get_text(strip=True)[4:] for mark in screen.select(".review-passage > *")]
    assert marked[:2] == ["于", "与"] and screen.find("h2", string=re.compile("处理以来的改动"))
    house.pass_on(page, house.rita, house.lin, house.olga, house.cai)
    assert Entry.objects.filter(pk=page.pk).exists()


def test_a_taker_from_the_step_is_barred(house, page):
    """The rule "nobody approves what he touched" covers the words of others, too."""
    from page_types.organisation.models import Post
    from page_types.organisation.services import appoint

    appoint(house.andy, Post.REVIEWER, house.departments["a"])
    andy = User.objects.get(pk=house.andy.pk)
    note(house, page, house.rita, quote="参于", wording="参与")
    answer(house, page, andy, action="take", remark=Remark.objects.get().pk)
    assert "须由他人审核" in house.client(andy).get(screen_of(house, page)).content.decode()
    house.client(andy).post(
        screen_of(house, page), {"action": "return", "comment": "退"}, follow=True
    )
    house.pass_on(page, house.rita)
    assert house.state_of(page).task.specific.step == "leader_review"


def test_returned_text_takes_all_at_once(house, page):
    note(house, page, house.rita, quote="参于", wording="参与")
    note(house, page, house.rita, quote="活动安排", wording="活动部署")
    note(house, page, house.rita, quote="由处室组织 & 实施", leave_out="on", body="重复")
    note(house, page, house.rita, body="请补充时间")
    client = house.client(house.rita)
    assert "请按 4 条审核意见修改" in client.get(screen_of(house, page)).content.decode()
    services.return_draft(house.state_of(page), house.rita, "见意见")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    alice = house.client(house.alice)
    assert reverse("review:remarks", args=[page.pk]) in alice.get(edit).content.decode()
    suggestions = Remark.objects.filter(suggests=True)
    first, *rest = suggestions
    answer(house, page, house.alice, action="take", remark=first.pk)
    review = Page.objects.get(pk=page.pk).current_workflow_state
    assert review.status == WorkflowState.STATUS_NEEDS_CHANGES
    # What has changed since the submission is shown to the editor.
    shown = alice.get(reverse("review:remarks", args=[page.pk])).content.decode()
    assert "自上次送审" in shown and "与</ins>" in shown
    answer(
        house, page, house.alice,
        action="take", remark=[each.pk for each in rest], resubmit="1",
    )  # fmt: skip
    assert newest(page).body[0].value == "活动部署"
    assert "参与全民" in paragraph(page) and "<p>活动。</p>" in paragraph(page)
    assert "&amp;c=2" in paragraph(page)
    house.state_of(page)
    remark = Remark.objects.get(state="open")
    assert "不采纳必须说明理由" in answer(
        house, page, house.alice, action="dismiss", remark=remark.pk
    )
    answer(house, page, house.alice, action="dismiss", remark=remark.pk, answer="另行通知")
    assert "另行通知" in client.get(screen_of(house, page)).content.decode()


def test_what_cannot_be_taken_is_refused_when_it_is_written(house, page):
    for data, said in (
        ({"quote": "活动", "wording": "行动"}, "出现了"),
        ({"quote": "积极参于", "wording": "积极参与"}, "跨越了加粗"),
        ({"quote": "没有的字", "wording": "字"}, "文中没有"),
        ({"quote": "参于", "wording": "参于"}, "与原文相同"),
        ({"wording": "只有新的"}, "须写明原文"),
        ({}, "请写明意见"),
        ({"quote": "全民健身日活动", "wording": "长" * 300, "anchor": "title"}, "字符"),
        ({"quote": "参于", "wording": "与", "leave_out": "on"}, "只能选一样"),
    ):
        assert said in note(house, page, house.rita, **data), data
    assert not Remark.objects.exists()


def test_who_may_remark_and_who_may_take(house, page):
    """Every step of the chain may remark, before its turn too; only the authors take."""
    note(house, page, house.olga, quote="参于", wording="参与")
    remark = Remark.objects.get()
    assert "不是这条审核链上的审核人" in note(house, page, house.alice, body="自评")
    for user in (house.rita, house.olga):
        assert "只有稿件的信息员" in answer(house, page, user, action="take", remark=remark.pk)
    url = reverse("review:remarks", args=[page.pk])
    assert house.client(house.bob).get(url).status_code == 302
    house.pass_on(page, house.rita, house.lin, house.olga, house.cai)
    remark.refresh_from_db()
    assert remark.state == "obsolete"  # it was published as it stood
    assert "没有可采纳的建议" in answer(house, page, house.alice, action="take", remark=remark.pk)


def test_one_that_cannot_be_applied_stops_all(house, page):
    note(house, page, house.rita, quote="参于", wording="参与")
    note(house, page, house.rita, quote="活动安排", wording="活动部署")
    services.return_draft(house.state_of(page), house.rita, "见意见")
    body = [("heading", "全新的标题"), BODY[1]]
    house.edit(page, house.alice, body=body)
    pks = list(Remark.objects.values_list("pk", flat=True))
    said = answer(house, page, house.alice, action="take", remark=pks, resubmit="1")
    assert "没有“活动安排”" in said
    assert "参于" in paragraph(page)
    services.submit(page, house.alice)
    assert set(Remark.objects.values_list("state", flat=True)) == {"obsolete"}
