"""What officers and reviewers legitimately do through the same screens: nothing of it is lost.

The counterpart of `test_routes_http.py`: each family of routes does something when it may.
"""

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision

from page_types.models import ArticlePage
from page_types.publication.models import Entry, Seal
from page_types.review import services
from tests.access import forms
from tests.access.probing import writes
from tests.access.scene import fresh


def url(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


@pytest.fixture
def alice(scene):
    """The browser of department A's officer."""
    return scene.house.client(scene.house.alice)


def newest_title(page):
    return fresh(page).get_latest_revision().content["title"]


@pytest.mark.parametrize("target", ["draft", "newer", "shown"])
@pytest.mark.parametrize("action", ["", "action-publish"])
def test_saving_and_the_publish_button_both_save_a_draft(scene, alice, before, target, action):
    page = getattr(scene, target)
    form = forms.article("我改过的标题", slug=page.slug, action=action)
    assert alice.post(url("edit", page.pk), form).status_code == 302
    assert newest_title(page) == "我改过的标题"
    assert fresh(page).get_latest_revision().user == scene.house.alice
    assert "我改过的标题" not in fresh(page).title or target == "draft"
    assert not before.public_differences()


@pytest.mark.parametrize("action", ["", "action-publish"])
@pytest.mark.parametrize("column", ["news", "joint", "notice"])
def test_a_new_page_becomes_a_draft_of_ones_department(scene, alice, column, action):
    where = url("add", "page_types", "articlepage", scene.columns[column].pk)
    alice.post(where, forms.article("我写的新信息", action=action))
    page = ArticlePage.objects.get(title="我写的新信息")
    assert page.department == scene.house.departments["a"]
    assert not page.live and not Entry.objects.filter(pk=page.pk).exists()
    assert "新写的正文" in str(page.get_latest_revision_as_object().body)


def test_reverting_makes_the_old_text_the_newest_draft(scene, alice, before):
    page = scene.newer
    old = page.revisions.order_by("pk").first()
    assert alice.get(url("revisions_revert", page.pk, old.pk)).status_code == 200
    form = forms.article("恢复的标题", slug=page.slug, action="action-publish")
    alice.post(url("revisions_revert", page.pk, old.pk), form)
    assert newest_title(page) == "恢复的标题"
    assert not before.public_differences() and not before.lost_texts({page.department_id})


def test_what_is_typed_into_a_locked_page_stays_in_the_form(scene, alice):
    form = forms.article("审核时想改的标题", slug=scene.waiting.slug, action="action-publish")
    answer = alice.post(url("edit", scene.waiting.pk), form)
    assert answer.status_code == 200 and "审核时想改的标题" in answer.content.decode()
    assert newest_title(scene.waiting) == "审核中的稿件定稿"


def test_autosave_rewrites_ones_own_draft_but_nothing_under_review(scene, alice):
    for target, rewritten in (("draft", True), ("waiting", False)):
        page = getattr(scene, target)
        revision = fresh(page).get_latest_revision()
        form = forms.article("自动保存的标题", slug=page.slug, overwrite_revision_id=revision.pk)
        alice.post(url("edit", page.pk), form, headers={"accept": "application/json"})
        revision.refresh_from_db()
        assert (revision.content["title"] == "自动保存的标题") is rewritten, target


def test_a_copy_is_a_draft_of_the_same_department(scene, alice, before):
    page = scene.shown
    data = {
        "new_title": "抄件", "new_slug": "chao-jian", "publish_copies": "on", "alias": "on",
        "new_parent_page": scene.columns["quick"].pk,
    }  # fmt: skip
    alice.post(url("copy", page.pk), data)
    copy = Page.objects.get(slug="chao-jian").specific
    assert (copy.live, copy.alias_of, copy.department) == (False, None, page.department)
    assert not before.public_differences()


@pytest.mark.parametrize("bulk", [False, True])
def test_ones_own_draft_moves_to_where_one_may_draft_and_nowhere_else(scene, alice, bulk):
    for column in ("joint", "policy"):
        target = scene.columns[column].pk
        if bulk:
            screen = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "move"))
            alice.post(f"{screen}?id={scene.draft.pk}", {"chooser": target})
        else:
            alice.post(url("move_confirm", scene.draft.pk, target))
        assert fresh(scene.draft).get_parent().pk == scene.columns["joint"].pk


@pytest.mark.parametrize("bulk", [False, True])
def test_ones_own_draft_can_be_deleted(scene, alice, bulk):
    if bulk:
        screen = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete"))
        alice.post(f"{screen}?id={scene.draft.pk}")
    else:
        alice.post(url("delete", scene.draft.pk))
    assert not Page.objects.filter(pk=scene.draft.pk).exists()


def test_ones_own_lock_can_be_taken_off(scene, alice):
    Page.objects.filter(pk=scene.draft.pk).update(locked=True, locked_by=scene.house.alice)
    alice.post(url("unlock", scene.draft.pk))
    assert not fresh(scene.draft).locked


def test_submitting_and_approving_through_the_admin_reaches_the_next_step(scene, alice):
    form = forms.article("送审的标题", slug=scene.draft.slug, action="action-submit")
    alice.post(url("edit", scene.draft.pk), form)
    state = scene.house.state_of(scene.draft)
    assert state.revision.content["title"] == "送审的标题"
    data = {"seen": services.seen_now(state), "comment": "同意"}
    rita = scene.house.client(scene.house.rita)
    with writes() as written:
        rita.post(url("workflow_action", scene.draft.pk, "approve", state.pk), data)
    assert "publication_seal" in written
    assert Seal.objects.get(task_state_id=state.pk).by == scene.house.rita
    assert scene.house.state_of(scene.draft).pk != state.pk


def test_the_owner_of_a_column_drafts_its_text(scene, alice, before):
    form = forms.column("群体动态新名", action="action-publish")
    alice.post(url("edit", scene.columns["quick"].pk), form)
    assert Revision.objects.filter(object_str="群体动态新名").exists()
    assert fresh(scene.columns["quick"]).title == "群体动态"
    assert not before.public_differences()


@pytest.mark.parametrize("column", ["news", "joint", "notice"])
def test_the_form_of_a_new_page_opens_and_offers_saving_and_submitting(scene, alice, column):
    answer = alice.get(url("add", "page_types", "articlepage", scene.columns[column].pk))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "保存草稿" in text
    assert 'name="action-submit"' in text
    assert 'name="action-publish"' not in text
