"""Core's editor and workflow routes under our rules: nothing unseen goes out, no text is lost."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from page_types.article import ArticlePage
from page_types.publication.models import Address, Column, Entry, Seal
from page_types.review import services
from tests.houses import SECRECY, declared


def form_of(title, body="<p>正文</p>", slug="", **more):
    """What the editor posts for an article."""
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "summary": "",
            "source": "",
            "keywords": "",
            "search_description": "",
            "body": streamfield([("paragraph", rich_text(body))] if body else []),
            "interprets": inline_formset([]),
            **declared(),
            **more,
        }
    )


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def latest(page):
    """The newest draft."""
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def create(house, user, column, **form):
    url = reverse(
        "wagtailadmin_pages:add", args=["page_types", "articlepage", house.pages[column].pk]
    )
    return house.client(user).post(url, form, follow=True)


def test_create_and_submit(house):
    create(house, house.alice, "news", **form_of("新稿", **{"action-submit": "1"}))
    page = ArticlePage.objects.get(title="新稿")
    assert page.department == house.departments["a"]
    assert house.state_of(page).task.specific.step == "department_review"


def test_create_and_submit_without_text_keeps_the_draft_and_says_why(house):
    answer = create(house, house.alice, "news", **form_of("空稿", "", **{"action-submit": "1"}))
    page = ArticlePage.objects.get(title="空稿")
    assert "没有送审" in said(answer) and answer.redirect_chain[-1][0].startswith(edit_url(page))
    assert "正文是空的" in answer.content.decode()
    assert page.current_workflow_state is None
    assert not Address.objects.filter(page_id=page.pk).exists()


def test_foreign_column_takes_no_draft(house):
    create(house, house.bob, "news", **form_of("混入", **{"action-submit": "1"}))
    assert not ArticlePage.objects.exists()


def test_submit_saves_and_starts(house):
    page = house.draft(house.alice, "news", "标题")
    client = house.client(house.alice)
    answer = client.post(
        edit_url(page), form_of("改后", slug=page.slug, **{"action-submit": "1"}), follow=True
    )
    assert answer.status_code == 200
    assert latest(page).title == "改后" and house.state_of(page)


def test_taken_address_is_a_message_not_an_error(house):
    """An address that another page once had; also while a resumed review starts half-way."""
    Address.objects.create(column=house.columns["notice"], slug="held", page_id=999_999)
    page = house.draft(house.alice, "notice", "通知")
    free = page.slug
    with pytest.raises(services.ReviewRefused, match="已属于本栏目的另一页面"):
        services.submit(house.edit(page, house.alice, slug="held"), house.alice)
    assert latest(page).current_workflow_state is None
    services.submit(house.edit(page, house.alice, slug=free), house.alice)
    services.return_draft(house.state_of(page), house.rita, "改")
    with pytest.raises(services.ReviewRefused):
        services.submit(house.edit(page, house.alice, slug="held"), house.alice)
    assert latest(page).current_workflow_state.status == "needs_changes"
    client = house.client(house.alice)
    post = {**form_of("改后", slug="held"), "action-submit": "1"}
    answer = client.post(edit_url(page), post)
    assert "已属于本栏目的另一页面" in answer.content.decode()
    # A column opened at that address meanwhile is unknown to the form.
    Column.objects.create(
        key="sub", slug="taken", parent=house.columns["notice"], kind="news", chain="report"
    )
    answer = client.post(edit_url(page), {**post, "slug": "taken"}, follow=True)
    assert "没有送审" in said(answer) and latest(page).slug == "taken"
    client.post(edit_url(page), {**post, "slug": free}, follow=True)
    assert house.state_of(page)


def test_nobody_edits_in_review_and_the_text_stays_in_the_form(house):
    """Finding 1: autosave would change the text under the same revision id."""
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, house.alice)
    house.pass_on(page, house.rita)
    revision = latest(page).latest_revision
    for user in (house.alice, house.andy, house.lin, house.olga, house.admin):
        answer = house.client(user).post(
            edit_url(page),
            form_of("偷改", slug=page.slug, overwrite_revision_id=revision.pk),
            follow=True,
        )
        assert answer.status_code == 200
        assert latest(page).title == "标题"
    answer = house.client(house.alice).post(edit_url(page), form_of("偷改", slug=page.slug))
    assert "偷改" in answer.content.decode()
    # By code: the revision under review is not written over, and the approval counts no more.
    changed = latest(page)
    changed.title = "偷改"
    changed.save_revision(user=house.alice, overwrite_revision=revision)
    revision.refresh_from_db()
    assert revision.content["title"] == "标题"
    with pytest.raises(services.ReviewRefused, match="又有改动"):
        house.pass_on(page, house.lin)
    services.return_draft(house.state_of(page), house.lin, "请说明改动")


def test_overwritten_revision_is_not_sealed(house):
    """Finding 1, by hand: the text of the revision itself is changed between two steps."""
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, house.alice)
    house.pass_on(page, house.rita, house.lin, house.olga)
    seen = services.seen_now(house.state_of(page))
    revision = latest(page).latest_revision
    revision.content = {**revision.content, "title": "未审的标题"}
    revision.save()
    with pytest.raises(services.ReviewRefused, match="重新阅读"):
        services.approve(house.state_of(page), house.cai, seen)
    # Even if the last reviewer accepts the changed text, the seals before him are of another one.
    with pytest.raises(services.ReviewRefused):
        house.pass_on(page, house.cai)
    assert not Entry.objects.filter(pk=page.pk).exists()
    assert house.state_of(page).task.specific.step == "centre_publish"


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_foreign_task_state_in_the_address(house, action):
    """Finding 2: core asks the page of the address and acts on the task state of the address."""
    mine, foreign = (
        house.draft(house.alice, "quick", "甲处稿"),
        house.draft(house.bob, "notice", "乙处稿"),
    )
    services.submit(mine, house.alice)
    services.submit(foreign, house.bob)
    state = house.state_of(foreign)
    url = reverse("wagtailadmin_pages:workflow_action", args=[mine.pk, action, state.pk])
    post = {"seen": services.seen_now(state), "comment": "好"}
    house.client(house.rita).post(url, post)
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS and not Seal.objects.exists()


def test_core_action_view_needs_what_was_seen(house):
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, house.alice)
    state = house.state_of(page)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client = house.client(house.rita)
    for post in ({}, {"seen": "0" * 64}):
        client.post(url, post)
        assert not Seal.objects.exists()
    client.post(url, {"seen": services.seen_now(state)})
    assert Seal.objects.get().by == house.rita


def test_edit_and_approve_is_no_route(house):
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, house.alice)
    house.client(house.rita).post(
        edit_url(page),
        {
            **form_of("改后即批", slug=page.slug),
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps(
                {"seen": services.seen_now(house.state_of(page))}
            ),
        },
    )
    assert latest(page).title == "标题" and not Seal.objects.exists()


def test_admin_api_writes_nothing(house):
    """Finding 4: nine POST actions, one of which replaced the newest draft in spite of locks."""
    page = house.draft(house.alice, "news", "一稿")
    first = page.latest_revision
    house.edit(page, house.alice, title="二稿")
    services.submit(page, house.alice)
    for user in (house.alice, house.bob, house.admin):
        for action in ("revert_to_page_revision", "publish", "copy", "delete", "move"):
            answer = house.client(user).post(
                f"/admin/api/main/pages/{page.pk}/action/{action}/", {"revision_id": first.pk}
            )
            assert answer.status_code == 404
    assert latest(page).title == "二稿"
    answer = house.client(house.alice).get(
        f"/admin/api/main/pages/?child_of={house.pages['news'].pk}&for_explorer=1"
    )
    assert answer.status_code == 200


def test_department_is_not_the_draft_s_to_say(house):
    """Finding 5: core takes every field from the draft."""
    page = house.draft(house.alice, "notice", "共用栏目的稿")
    other = house.departments["b"].pk
    house.client(house.alice).post(
        edit_url(page), {**form_of("改", slug=page.slug), "department": other}
    )
    revision = latest(page).latest_revision
    revision.content = {**revision.content, "department": other}
    revision.save()
    assert latest(page).department == house.departments["a"]
    services.submit(page, house.alice, secrecy=SECRECY)
    may, why = services.may_approve(house.state_of(page), house.beate)
    assert not may and why
    house.pass_on(page, house.rita)


def test_menu_of_the_editor(house):
    page = house.draft(house.alice, "news", "标题")
    shown = house.client(house.alice).get(edit_url(page)).content.decode()
    assert 'name="action-submit"' in shown and 'name="action-publish"' not in shown
    services.submit(page, house.alice)
    locked = house.client(house.alice).get(edit_url(page)).content.decode()
    assert "action-cancel-workflow" not in locked and "查看审核进度" in locked
    assert reverse("review:screen", args=[house.state_of(page).pk]) in locked
    reviewer = house.client(house.rita).get(edit_url(page))
    assert reviewer.status_code == 200
    assert 'data-workflow-action-name="approve"' not in reviewer.content.decode()
