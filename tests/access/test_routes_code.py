"""No code that goes past `publish()` changes what is public (`gate.md` 0: the 16 code routes, and
those of finding 3). Text on the writing side may be lost that way; the public loses nothing.
"""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site, TaskState

from page_types.models import ArticlePage, InterpretedDocument, PortalDocument
from page_types.organisation.models import User
from page_types.publication.models import Event, Seal
from page_types.review import rules
from tests.access.probing import writes
from tests.access.scene import fresh

OTHER = json.dumps([{"type": "paragraph", "value": "<p>换过的正文</p>", "id": "1"}])
NOW = timezone.now


def save_specific(scene):
    page = fresh(scene.shown)
    page.title, page.slug, page.body = "换过的标题", "huan-guo", OTHER
    page.save()


def save_base_row(scene):
    page = Page.objects.get(pk=scene.shown.pk)
    page.title, page.live = "换过的标题", False
    page.save()


def update_rows(**values):
    def go(scene):
        model = ArticlePage if "body" in values else Page
        assert model.objects.filter(pk__in=[scene.shown.pk, scene.draft.pk]).update(**values)

    return go


def bulk_update(scene):
    pages = list(Page.objects.filter(depth__gt=1))
    for page in pages:
        page.title, page.live = "换过的标题", True
    Page.objects.bulk_update(pages, ["title", "live"])


def save_live_only(scene):
    page = fresh(scene.draft)
    page.live = True
    page.save(update_fields=["live"])


def add_child_row(scene):
    InterpretedDocument.objects.create(article=scene.newer, page=scene.policy)


def change_child_row(scene):
    assert InterpretedDocument.objects.update(page=scene.newer.pk)


def delete_child_rows(scene):
    assert InterpretedDocument.objects.all().delete()[0]


def also_show_elsewhere(scene):
    page = fresh(scene.shown)
    page.also_shown_in.set([scene.house.columns["notice"]])
    page.save()


def publish_revision(target, place):
    def go(scene):
        revisions = getattr(scene, target).revisions.order_by("pk")
        getattr(revisions, place)().publish(skip_permission_checks=True)

    return go


def publish_page(scene):
    page = fresh(scene.draft)
    page.publish(page.get_latest_revision(), skip_permission_checks=True)


def overwrite_revisions(scene):
    for revision in Revision.objects.all():
        revision.content = {**revision.content, "title": "换过的标题", "body": OTHER}
        revision.save()


def overwrite_in_place(scene):
    page = fresh(scene.newer).get_latest_revision_as_object()
    page.title = "换过的标题"
    latest = fresh(scene.newer).get_latest_revision()
    page.save_revision(user=latest.user, overwrite_revision=latest)


def add_live_child(scene):
    page = ArticlePage(title="直接上线", department=scene.house.departments["a"])
    fresh(scene.columns["news"]).add_child(instance=page)
    assert page.live


def rename_column(scene):
    page = fresh(scene.columns["quick"])
    page.slug, page.title = "huan-guo", "换过的栏目"
    page.save()


def delete_column(scene):
    fresh(scene.columns["quick"]).delete()


def delete_tree(scene):
    Page.objects.filter(depth__gt=1).delete()


def delete_page(scene):
    fresh(scene.shown).delete()


def unpublish(scene):
    fresh(scene.shown).unpublish()
    Page.objects.get(pk=scene.newer.pk).unpublish()
    fresh(scene.columns["quick"]).unpublish()


def move(scene):
    fresh(scene.shown).move(scene.columns["notice"], pos="first-child")
    fresh(scene.columns["notice"]).move(scene.columns["quick"], pos="last-child")


def copy(scene):
    fresh(scene.columns["quick"]).copy(
        recursive=True, keep_live=True, update_attrs={"slug": "chao-jian", "title": "抄件"}
    )


def alias(scene):
    CreatePageAliasAction(fresh(scene.shown), update_slug="bie-ming").execute(
        skip_permission_checks=True
    )


def translate(scene):
    english, _made = Locale.objects.get_or_create(language_code="en")
    CopyPageForTranslationAction(
        fresh(scene.shown), english, copy_parents=True, alias=True
    ).execute(skip_permission_checks=True)


def restrict(scene):
    for page in (scene.shown, scene.columns["home"]):
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def forge_schedule(scene):
    past = NOW() - timedelta(minutes=1)
    for page in (scene.draft, scene.newer, scene.waiting):
        revision = page.get_latest_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    call_command("publish_scheduled")


def expire(scene):
    assert Page.objects.filter(depth__gt=1).update(expire_at=NOW() - timedelta(minutes=1))
    call_command("publish_scheduled")


def purge(scene):
    call_command("purge_revisions")


def delete_revisions(scene):
    Revision.objects.all().delete()


def fix_tree(scene):
    Page.objects.filter(pk=scene.shown.pk).update(path="000100010099", depth=3)
    call_command("fixtree", interactive=False, verbosity=0)


def drop_site(scene):
    Site.objects.update(root_page=scene.draft, hostname="elsewhere.example")
    Site.objects.all().delete()


def give_away(scene):
    scene.shown.portalpage_ptr.__class__.objects.update(department=scene.house.departments["b"])


def rename_people(scene):
    User.objects.update(last_name="换", first_name="名", department=scene.house.departments["b"])


def retitle_files(scene):
    assert PortalDocument.objects.update(title="换过的文件名", file="documents/other.pdf")


def delete_files(scene):
    PortalDocument.objects.all().delete()


ROUTES = {
    "保存具体页": save_specific,
    "保存基类行": save_base_row,
    "update 标题": update_rows(title="换过的标题", draft_title="换过的标题"),
    "update 正文": update_rows(body=OTHER),
    "update 上线": update_rows(live=True),
    "update 下线": update_rows(live=False),
    "update 路径": update_rows(url_path="/x/"),
    "bulk_update": bulk_update,
    "只存 live": save_live_only,
    "单独加子行": add_child_row,
    "单独改子行": change_child_row,
    "单独删子行": delete_child_rows,
    "改同时显示": also_show_elsewhere,
    "发布旧的已批准稿": publish_revision("newer", "first"),
    "发布未批准的新稿": publish_revision("newer", "last"),
    "发布从未批准的草稿": publish_revision("draft", "last"),
    "发布审核中的稿": publish_revision("waiting", "last"),
    "page.publish": publish_page,
    "改写全部修订": overwrite_revisions,
    "就地改写修订": overwrite_in_place,
    "直接加上线页": add_live_child,
    "栏目改名改址": rename_column,
    "删除栏目及下级": delete_column,
    "删除整棵树": delete_tree,
    "删除公开页": delete_page,
    "下线": unpublish,
    "移动": move,
    "复制并保持上线": copy,
    "建别名": alias,
    "建译文别名": translate,
    "设为私密": restrict,
    "伪造定时": forge_schedule,
    "到期下线": expire,
    "purge_revisions": purge,
    "删除全部修订": delete_revisions,
    "fixtree": fix_tree,
    "删除站点": drop_site,
    "改页面处室": give_away,
    "改人名": rename_people,
    "改文件行": retitle_files,
    "批量删除文件行": delete_files,
}
#: What may answer instead of obeying.
REFUSALS = (PermissionDenied, ValidationError, ProtectedError)


@pytest.mark.parametrize("name", ROUTES)
def test_no_code_changes_what_is_public(scene, before, name):
    refused = True
    with writes() as written, suppress(*REFUSALS), transaction.atomic():
        ROUTES[name](scene)
        refused = False
    assert written or refused
    assert not before.public_differences()


def test_several_at_once(scene, before):
    """What one of them does may open the way for another."""
    for name in "单独改子行 保存具体页 改写全部修订 移动 改文件行 删除全部修订 删除整棵树".split():
        with suppress(*REFUSALS), transaction.atomic():
            ROUTES[name](scene)
    assert not before.public_differences()


def test_purge_revisions_spares_what_is_under_review_and_what_was_approved(scene):
    """Finding 14: core also deletes live revisions, and with them the task states of approvals."""
    kept = set(TaskState.objects.values_list("revision_id", flat=True))
    for pair in Page.objects.values_list("live_revision", "latest_revision"):
        kept |= {pk for pk in pair if pk}
    seals = set(Seal.objects.values_list("pk", "state"))
    events = Event.objects.count()
    hands = rules.people_with_a_hand([scene.waiting.pk])
    call_command("purge_revisions")
    assert not kept - set(Revision.objects.values_list("pk", flat=True))
    assert set(Seal.objects.values_list("pk", "state")) == seals and Event.objects.count() == events
    assert rules.people_with_a_hand([scene.waiting.pk]) == hands != {scene.waiting.pk: set()}


def test_the_public_output_is_not_blind(scene, before):
    """What does change the ledger is seen by the comparison these tests rest on."""
    from page_types.publication.models import Entry

    Entry.objects.filter(pk=scene.shown.pk).update(title="换过的标题")
    found = before.public_differences()
    assert any(line.startswith("/quick/:") for line in found)
    assert any("feeds/quick.xml" in line for line in found)
    assert "ledger: Entry" in found
