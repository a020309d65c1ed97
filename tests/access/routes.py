"""Every way through the admin on which stock Wagtail changes what is public (`gate.md` 0 and 2).

A route is a function `(client, scene) -> response`, as a browser would send it. `writes` says
whether it changes rows when all defences are off: then the request is known to be a real one.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale, Page, Revision, Site

from tests.access import forms
from tests.access.scene import fresh

PUBLISH = "action-publish"


@dataclass(frozen=True)
class Route:
    """One route with its name; `deletes` the draft, which its own writers may."""

    name: str
    go: object
    writes: bool = True
    deletes_draft: bool = False
    submits: bool = False


def pages(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def _edit(target, **fields):
    def go(client, scene):
        page = getattr(scene, target)
        form = forms.article("改后的标题", slug=page.slug, **fields)
        return client.post(pages("edit", page.pk), form)

    return go


def _edit_column(client, scene):
    page = scene.columns["quick"]
    return client.post(pages("edit", page.pk), forms.column("改后的栏目", action=PUBLISH))


def _edit_home(client, scene):
    page = scene.columns["home"]
    return client.post(pages("edit", page.pk), forms.column("改后的首页", action=PUBLISH))


def _create(column, action):
    def go(client, scene):
        url = pages("add", "page_types", "articlepage", scene.columns[column].pk)
        return client.post(url, forms.article("新建的信息", action=action))

    return go


def _slug(client, scene):
    page = scene.shown
    form = forms.article(page.title, slug="gai-hou-de-wang-zhi", action=PUBLISH)
    return client.post(pages("edit", page.pk), form)


def _revert(target):
    def go(client, scene):
        page = getattr(scene, target)
        old = page.revisions.order_by("pk").first()
        form = forms.article("恢复的标题", slug=page.slug, action=PUBLISH)
        return client.post(pages("revisions_revert", page.pk, old.pk), form)

    return go


def _bulk(action, *targets, **data):
    def go(client, scene):
        ids = [
            (scene.columns[name] if name in scene.columns else getattr(scene, name)).pk
            for name in targets
        ]
        fields = {k: scene.columns[v].pk if k == "chooser" else v for k, v in data.items()}
        url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
        return client.post(f"{url}?{urlencode([('id', pk) for pk in ids])}", fields)

    return go


def _copy(target, **more):
    def go(client, scene):
        page = fresh(getattr(scene, target))
        return client.post(
            pages("copy", page.pk),
            {
                "new_title": "抄件",
                "new_slug": "chao-jian",
                "new_parent_page": page.get_parent().pk,
                **more,
            },
        )

    return go


def _post(name, target, **data):
    def go(client, scene):
        page = scene.columns[target] if target in scene.columns else getattr(scene, target)
        return client.post(pages(name, page.pk), data)

    return go


def _delete_column(client, scene):
    from django.conf import settings

    url = pages("delete", scene.columns["quick"].pk)
    return client.post(url, {"confirm_site_name": settings.WAGTAIL_SITE_NAME})


def _move(target, to):
    def go(client, scene):
        page = getattr(scene, target)
        return client.post(pages("move_confirm", page.pk, scene.columns[to].pk))

    return go


def _reorder(target):
    def go(client, scene):
        page = scene.columns[target] if target in scene.columns else getattr(scene, target)
        return client.post(f"{pages('set_page_position', page.pk)}?position=0")

    return go


def _convert_alias(client, scene):
    alias = CreatePageAliasAction(fresh(scene.shown), update_slug="bie-ming", user=None).execute(
        skip_permission_checks=True
    )
    return client.post(pages("convert_alias", alias.pk))


def _unschedule(client, scene):
    revision = scene.newer.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at="2099-01-01T00:00Z")
    return client.post(pages("revisions_unschedule", scene.newer.pk, revision.pk))


def _copy_for_translation(client, scene):
    Locale.objects.get_or_create(language_code="en")
    go = _api("copy_for_translation", "shown", locale="en", copy_parents=True)
    return go(client, scene)


def _lock(name):
    def go(client, scene):
        if name == "unlock":
            Page.objects.filter(pk=scene.draft.pk).update(locked=True, locked_by=scene.house.alice)
        return client.post(pages(name, scene.draft.pk))

    return go


def _delete_site(client, scene):
    return client.post(reverse("wagtailsites:delete", args=(Site.objects.get().pk,)))


def _delete_file(client, scene):
    return client.post(reverse("wagtaildocs:delete", args=(scene.document.pk,)))


def _bulk_delete_files(client, scene):
    url = reverse("wagtail_bulk_action", args=("page_types", "portaldocument", "delete"))
    return client.post(f"{url}?id={scene.document.pk}")


def _api(action, target, **data):
    def go(client, scene):
        page = getattr(scene, target)
        body = {k: v(scene) if callable(v) else v for k, v in data.items()}
        url = reverse("wagtailadmin_api:pages:action", args=(page.pk, action))
        return client.post(url, body, content_type="application/json")

    return go


def _first_revision(scene):
    return scene.waiting.revisions.order_by("pk").first().pk


def _alias_by_api(client, scene):
    alias = CreatePageAliasAction(fresh(scene.shown), update_slug="bie-ming", user=None).execute(
        skip_permission_checks=True
    )
    return client.post(
        reverse("wagtailadmin_api:pages:action", args=(alias.pk, "convert_alias")),
        content_type="application/json",
    )


def _to_quick(scene):
    return scene.columns["quick"].pk


ROUTES = [
    *(
        Route(f"编辑并发布：{target}", _edit(target, action=PUBLISH), target != "waiting")
        for target in ("draft", "newer", "shown", "waiting", "foreign", "foreign_waiting")
        if target != "foreign_waiting"
    ),
    Route("编辑栏目页并发布", _edit_column),
    Route("编辑首页并发布", _edit_home),
    Route("新建并发布：自有栏目", _create("news", PUBLISH)),
    Route("新建并发布：共用栏目", _create("notice", PUBLISH)),
    Route("新建并送审", _create("news", "action-submit"), submits=True),
    Route("改网址并发布", _slug),
    Route("恢复旧稿并发布：有新稿", _revert("newer")),
    Route("恢复旧稿并发布：草稿", _revert("draft")),
    Route("恢复旧稿并发布：审核中", _revert("waiting"), writes=False),
    Route("批量发布", _bulk("publish", "draft", "newer", "waiting")),
    Route("批量发布，含下级", _bulk("publish", "news", include_descendants="on")),
    Route("批量下线", _bulk("unpublish", "shown", "newer")),
    Route("批量下线，含下级", _bulk("unpublish", "quick", include_descendants="on")),
    Route("批量删除公开页", _bulk("delete", "shown", "newer", "waiting")),
    Route("批量删除草稿", _bulk("delete", "draft"), deletes_draft=True),
    Route("批量删除栏目", _bulk("delete", "quick")),
    Route("批量移动", _bulk("move", "shown", "newer", "waiting", chooser="notice")),
    Route("复制并发布", _copy("shown", publish_copies="on")),
    Route("复制为别名", _copy("shown", alias="on")),
    Route("复制为草稿", _copy("shown")),
    Route("下线", _post("unpublish", "shown")),
    Route("栏目下线，含下级", _post("unpublish", "quick", include_descendants="on")),
    Route("删除公开页", _post("delete", "shown")),
    Route("删除有新稿的公开页", _post("delete", "newer")),
    Route("删除审核中的稿件", _post("delete", "waiting")),
    Route("删除草稿", _post("delete", "draft"), deletes_draft=True),
    Route("删除栏目", _delete_column),
    Route("移动公开页", _move("shown", "notice")),
    Route("移动审核中的稿件", _move("waiting", "quick")),
    Route("设为私密", _post("set_privacy", "shown", restriction_type="login")),
    Route("栏目设为私密", _post("set_privacy", "quick", restriction_type="login")),
    Route("调整次序：信息", _reorder("newer")),
    Route("调整次序：栏目", _reorder("notice")),
    Route("加锁", _lock("lock")),
    Route("解锁", _lock("unlock")),
    Route("别名转为独立页", _convert_alias),
    Route("取消定时", _unschedule),
    Route("删除站点记录", _delete_site),
    Route("删除公开的附件", _delete_file, writes=False),
    Route("批量删除公开的附件", _bulk_delete_files, writes=False),
    Route("接口 publish：草稿", _api("publish", "draft")),
    Route("接口 publish：审核中", _api("publish", "waiting")),
    Route("接口 unpublish", _api("unpublish", "shown", recursive=True)),
    Route("接口 delete：公开页", _api("delete", "shown")),
    Route("接口 delete：草稿", _api("delete", "draft")),
    Route(
        "接口 move", _api("move", "shown", destination_page_id=_to_quick, position="first-child")
    ),
    Route("接口 copy", _api("copy", "shown", keep_live=True, slug="chao-jian")),
    Route("接口 create_alias", _api("create_alias", "shown", update_slug="bie-ming")),
    Route("接口 convert_alias", _alias_by_api),
    Route(
        "接口 revert_to_page_revision：审核中",
        _api("revert_to_page_revision", "waiting", revision_id=_first_revision),
    ),
    Route("接口 copy_for_translation", _copy_for_translation),
]
