"""Department B's secrets: pages, files and remarks whose titles and texts hold a canary.

And every address of the admin at which somebody of department A could look for them
(`gate.md` 4, and what we found besides).
"""

from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlencode

from django.core.files.images import ImageFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, TaskState

from page_types.models import PortalDocument, PortalImage
from page_types.review import services
from page_types.slugs import pinyin
from tests.access import forms

CANARY = "KANARIE"
#: Stands before the canary in every title: a search for it finds, and its echo gives nothing away.
BEFORE_IT = "隐文"


def hide(scene):
    """Department B at work: `secret.draft`, `.waiting`, `.returned`, `.newer`, `.elsewhere`."""
    house = scene.house
    secret = SimpleNamespace()
    body = [("paragraph", f'<p>{CANARY}<a linktype="page" id="{scene.draft.pk}">x</a></p>')]

    # A link to a draft is refused at submission.
    unlinked = [("paragraph", f"<p>{CANARY}</p>")]

    def draft(column, title, body=body):
        title, slug = f"{BEFORE_IT}{CANARY}{title}", f"b-{pinyin(title)}"
        return house.draft(house.bob, column, title, slug=slug, body=body)

    secret.draft = draft("notice", "草稿")
    house.edit(secret.draft, house.bob, title=f"{BEFORE_IT}{CANARY}草稿二稿")
    secret.joint, secret.elsewhere = draft("joint", "供稿"), draft("policy", "别处")
    secret.waiting = draft("notice", "审核中", unlinked)
    services.submit(secret.waiting, house.bob)
    secret.returned = draft("notice", "退回", unlinked)
    services.submit(secret.returned, house.bob)
    services.return_draft(house.state_of(secret.returned), house.beate, f"{CANARY}退回原因")
    newer = house.publish(house.draft(house.bob, "notice", "乙处已公开"), house.bob)
    secret.newer = house.edit(newer, house.bob, title=f"{BEFORE_IT}{CANARY}新稿", body=body)
    secret.collection = Collection.get_first_root_node().add_child(name="竞技体育处")
    secret.document = PortalDocument.objects.create(
        title=f"{BEFORE_IT}{CANARY}文件", file=scene.document.file, collection=secret.collection
    )
    file = get_test_image_file()
    secret.image = PortalImage.objects.create(
        title=f"{BEFORE_IT}{CANARY}图片",
        file=ImageFile(file.file, name="b.png"),
        collection=secret.collection,
        consent=PortalImage.Consent.NOBODY,
    )
    return secret


@dataclass(frozen=True)
class Look:
    """An address to look at. `shows`: that its owner, or the superuser, finds the canary there."""

    name: str
    address: str
    shows: str = ""
    post: dict | None = None

    def by(self, client):
        """Status and all that the answer says, exported tables unpacked."""
        if self.post is not None:
            answer = client.post(self.address, self.post, follow=True)
        else:
            answer = client.get(self.address)
        content = b"".join(answer) if answer.streaming else answer.content
        return answer.status_code, readable(content)


def readable(content):
    """An answer's text; of a spreadsheet, what its cells say."""
    if content[:2] == b"PK":
        from io import BytesIO

        from openpyxl import load_workbook

        sheet = load_workbook(BytesIO(content)).active
        return "\n".join(str(value) for row in sheet.values for value in row)
    return content.decode(errors="replace")


def _admin(name, *args, **query):
    address = reverse(name, args=args)
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


def _page(name, *args, **query):
    return _admin(f"wagtailadmin_pages:{name}", *args, **query)


def looks(scene, secret):
    """Every Look at department B's work."""
    yield from _lists(scene)
    for kind in ("draft", "waiting", "newer"):
        yield from _screens_of(scene, kind, getattr(secret, kind))
    yield from _review_screens(scene, secret)
    yield from _choosers(scene, secret)
    yield from _api(scene, secret)
    yield from _reports(secret)
    yield from _bulk(scene, secret)
    yield from _files(secret)
    yield from _around(scene, secret)


def _bulk_screen(action):
    return reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))


def _lists(scene):
    notice, home = scene.columns["notice"].pk, scene.columns["home"].pk
    for name, suffix in (("wagtailadmin_explore", ""), ("wagtailadmin_explore_results", "·结果")):
        yield Look(f"浏览共用栏目{suffix}", _admin(name, notice), "bob")
        yield Look(f"浏览供稿栏目{suffix}", _admin(name, scene.columns["joint"].pk), "bob")
        yield Look(f"浏览他处栏目{suffix}", _admin(name, scene.columns["policy"].pk), "bob")
        yield Look(f"栏目内检索{suffix}", _admin(name, notice, q=BEFORE_IT), "bob")
        yield Look(f"全站检索{suffix}", _admin(name, home, q=BEFORE_IT, search_all=1), "admin")
    yield Look("浏览根", _admin("wagtailadmin_explore_root", q=BEFORE_IT), "admin")
    for name in ("search", "search_results"):
        yield Look(f"后台检索 {name}", _page(name, q=BEFORE_IT), "bob")
    for name in ("type_use", "type_use_results"):
        yield Look(f"按类型列出 {name}", _page(name, "page_types", "articlepage"), "bob")
    yield Look("首页面板", reverse("wagtailadmin_home"), "bob")


def _screens_of(scene, kind, page):
    pk, revision = page.pk, page.get_latest_revision().pk
    own = scene.draft.pk

    def look(name, address, shows="bob", post=None):
        return Look(f"{name}：{kind}", address, shows, post)

    secret_title = "" if kind == "newer" else "bob"  # of a public page the public title is shown
    yield look("浏览页面下级", _admin("wagtailadmin_explore", pk), secret_title and "admin")
    for name in ("edit", "view_draft"):
        yield look(name, _page(name, pk))
    for name in ("history", "copy"):
        yield look(name, _page(name, pk), secret_title)
    for name in (
        "history_results", "usage", "workflow_history", "unpublish", "set_privacy", "lock",
        "unlock",
    ):  # fmt: skip
        yield look(name, _page(name, pk), "")
    for name in ("delete", "move"):
        yield look(name, _page(name, pk), "bob" if kind == "draft" else "")
    yield look("add_subpage", _page("add_subpage", pk), "")
    yield look("在其下新建", _page("add", "page_types", "articlepage", pk), "")
    yield look("旧版本", _page("revisions_view", pk, revision))
    yield look("恢复", _page("revisions_revert", pk, revision))
    yield look("比较", _page("revisions_compare", pk, "earliest", "latest"), "bob")
    yield look("预览", _page("preview_on_edit", pk), "")
    yield look("移动确认", _page("move_confirm", pk, scene.columns["joint"].pk), secret_title)
    yield look("移到其下", _page("move_confirm", own, pk), secret_title and "admin")
    yield look("撤回确认", _page("confirm_workflow_cancellation", pk), "")
    yield look("定时", _page("revisions_unschedule", pk, revision), "")
    yield look("复制到其下", _page("copy", own), "", {
        "new_title": "x", "new_slug": "x", "new_parent_page": pk,
    })  # fmt: skip
    yield look("移动到其下", _page("move", own), "", {"new_parent_page": pk})
    yield look("批量移到其下", f"{_bulk_screen('move')}?id={own}", "", {"chooser": pk})
    choose_parent = _page("choose_parent", "page_types", "articlepage")
    yield look("选其为上级新建", choose_parent, "", {"parent_page": pk})


def _review_screens(scene, secret):
    state = scene.house.state_of(secret.waiting)
    args = secret.waiting.pk, state.task_id
    yield Look("审核预览", _page("workflow_preview", *args), "beate")
    for name in ("workflow_action", "collect_workflow_action_data"):
        for action in ("approve", "reject"):
            address = _page(name, secret.waiting.pk, action, state.pk)
            yield Look(f"{name} {action}", address)
    review = state.workflow_state_id
    yield Look("审核历史详情", _page("workflow_history_detail", secret.waiting.pk, review), "bob")
    for name, shows in (
        ("queue", "beate"), ("approved", ""), ("columns", ""), ("locked", "bob"), ("aging", ""),
        ("notices", ""), ("deputies", ""), ("stuck", ""), ("live_pages", ""), ("reporting", ""),
    ):  # fmt: skip
        yield Look(f"审核 {name}", reverse(f"review:{name}"), shows)
    text = secret.waiting.get_latest_revision().pk
    for page, shows in ((secret.waiting.pk, "bob"), (scene.draft.pk, "")):
        yield Look(f"并列对照 {page}", reverse("review:parallel", args=(page, text)), shows)
    yield Look("复制为新草稿", reverse("review:duplicate", args=(secret.waiting.pk,)), "bob")
    yield Look("审核意见", reverse("review:remarks", args=(secret.waiting.pk,)), "bob")
    reviews = [secret.waiting.pk, secret.returned.pk]
    for one in TaskState.objects.filter(workflow_state__object_id__in=reviews):
        yield Look(f"审核页 {one.pk}", reverse("review:screen", args=(one.pk,)), "bob")
        yield Look(f"审核页预览 {one.pk}", reverse("review:preview", args=(one.pk,)), "bob")
    workflow = state.workflow_state.workflow_id
    for name in ("usage", "usage_results", "edit"):
        yield Look(f"审核链 {name}", _admin(f"wagtailadmin_workflows:{name}", workflow))
    yield Look("审核链", reverse("wagtailadmin_workflows:index"))
    yield Look("审核步骤", reverse("wagtailadmin_workflows:task_index"))


def _choosers(scene, secret):
    child, search = "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search"
    notice, own = scene.columns["notice"].pk, scene.draft.pk
    yield Look("选页面", reverse("wagtailadmin_choose_page"))
    yield Look("选页面：栏目", _admin(child, notice), "bob")
    for types in ("wagtailcore.page", "page_types.ArticlePage,page_types.PolicyPage"):
        yield Look(f"选页面：检索 {types}", _admin(search, q=BEFORE_IT, page_type=types), "bob")
    moving = {"user_perms": "move_to", "target_pages[]": own}
    yield Look("选目标栏目", _admin(child, notice, **moving), "admin")
    for kind in ("draft", "waiting", "newer"):
        page, shown = getattr(secret, kind), "" if kind == "newer" else "admin"
        yield Look(f"选页面：开在其上 {kind}", _admin(child, page.pk), shown)
        chosen = _admin("wagtailadmin_choose_page_chosen_multiple", id=[own, page.pk])
        yield Look(f"多选 {kind}", chosen, shown)
        moving = {"user_perms": "move_to", "target_pages[]": page.pk}
        yield Look(f"选目标栏目 {kind}", _admin(child, notice, **moving), "bob")
    address = reverse("wagtailadmin_choose_page_external_link")
    for slug in (secret.newer.slug, secret.draft.slug):
        for url in (f"/notice/{slug}/", f"http://localhost/notice/{slug}/"):
            post = {"external-link-chooser-url": url, "external-link-chooser-link_text": "x"}
            yield Look(f"外部链接 {url}", address, "", post)


def _api(scene, secret):
    pages, notice = reverse("wagtailadmin_api:pages:listing"), scene.columns["notice"].pk
    queries = (
        {}, {"child_of": notice}, {"search": BEFORE_IT}, {"for_explorer": 1, "child_of": notice},
        {"descendant_of": scene.columns["home"].pk, "fields": "*"}, {"title": secret.draft.title},
    )  # fmt: skip
    for query in queries:
        yield Look(f"接口 pages {query}", f"{pages}?{urlencode(query)}", "bob")
    for kind in ("draft", "waiting", "newer"):
        detail = reverse("wagtailadmin_api:pages:detail", args=(getattr(secret, kind).pk,))
        yield Look(f"接口 detail {kind}", detail, "bob" if kind != "newer" else "")
    for name, item in (("images", secret.image), ("documents", secret.document)):
        yield Look(f"接口 {name}", reverse(f"wagtailadmin_api:{name}:listing"))
        yield Look(f"接口 {name} 详情", reverse(f"wagtailadmin_api:{name}:detail", args=(item.pk,)))


def _reports(secret):
    for name in ("workflow", "workflow_tasks", "site_history", "aging_pages", "locked_pages",
                 "page_types_usage"):  # fmt: skip
        shows = "admin" if name in ("workflow", "workflow_tasks", "site_history") else ""
        yield Look(f"报表 {name}", reverse(f"wagtailadmin_reports:{name}"), shows)
        yield Look(f"报表 {name}·结果", reverse(f"wagtailadmin_reports:{name}_results"), shows)
        for form in ("csv", "xlsx"):
            address = _admin(f"wagtailadmin_reports:{name}", export=form)
            yield Look(f"报表 {name} {form}", address, shows)


def _bulk(scene, secret):
    notice = scene.columns["notice"].pk
    for action in ("delete", "move", "publish", "unpublish"):
        screen = _bulk_screen(action)
        for page in (secret.draft, secret.newer, secret.waiting):
            yield Look(f"批量 {action}", f"{screen}?id={scene.draft.pk}&id={page.pk}", "admin")
        for all_of in ("", f"&childOf={notice}", f"&childOf={notice}&q={BEFORE_IT}"):
            yield Look(f"批量 {action} 全部", f"{screen}?id=all{all_of}", "admin")


def _files(secret):
    image, document = secret.image.pk, secret.document.pk
    for app, pk in (("wagtailimages", image), ("wagtaildocs", document)):
        yield Look(f"{app} 列表", _admin(f"{app}:index", q=BEFORE_IT), "admin")
        yield Look(f"{app} 编辑", _admin(f"{app}:edit", pk), "admin")
        yield Look(f"{app} 删除", _admin(f"{app}:delete", pk), "admin")
        usage = "image_usage" if app == "wagtailimages" else "document_usage"
        yield Look(f"{app} 使用处", _admin(f"{app}:{usage}", pk), "admin")
        chooser = "wagtailimages_chooser" if app == "wagtailimages" else "wagtaildocs_chooser"
        yield Look(f"{app} 选择", _admin(f"{chooser}:choose"), "admin")
        yield Look(f"{app} 选择检索", _admin(f"{chooser}:choose_results", q=BEFORE_IT), "admin")
        yield Look(f"{app} 选中", _admin(f"{chooser}:chosen", pk), "admin")
        yield Look(f"{app} 多选", _admin(f"{chooser}:chosen_multiple", id=pk), "admin")
    for model in ("portalimage", "portaldocument"):
        pk = image if model == "portalimage" else document
        screen = reverse("wagtail_bulk_action", args=("page_types", model, "delete"))
        yield Look(f"批量删除 {model}", f"{screen}?id={pk}", "admin")


def _around(scene, secret):
    """Where department B's pages turn up beside A's own."""
    yield Look("谁引用了我的稿件", _page("usage", scene.draft.pk), "admin")
    yield Look("谁引用了栏目页", _page("usage", scene.columns["notice"].pk))
    yield Look("我的稿件的编辑页", _page("edit", scene.draft.pk))
    for kind in ("draft", "waiting"):
        for slug in ("", "page"):  # the second is refused: the form comes back
            form = forms.article("指向别处", slug=slug, interprets=[getattr(secret, kind).pk])
            address = _page("edit", scene.draft.pk)
            yield Look(f"我的稿件指向 {kind} {slug}", address, "admin", form)
    yield Look("编辑会话", _admin(
        "wagtailadmin_editing_sessions:ping", "wagtailcore", "page", secret.draft.pk, 1
    ), "", {})  # fmt: skip
    yield Look("公开页", f"/notice/{secret.newer.slug}/")
    yield Look("草稿的公开地址", f"/notice/{secret.draft.slug}/")


def borrowings(scene, secret):
    """Hand-made forms that put department B's files into a text of one's own."""
    block = {"image": str(secret.image.pk), "alternative_text": "x", "caption": ""}
    form = forms.article("用别处的图", blocks=[("figure", block)])
    yield Look("我的稿件用别处的图片", _page("edit", scene.draft.pk), "admin", form)
    block = {"0": {"value": {"document": str(secret.document.pk), "title": "x"}, "deleted": "",
                   "order": "0", "type": "item"}, "count": "1"}  # fmt: skip
    form = forms.article("用别处的文件", blocks=[("attachments", block)])
    yield Look("我的稿件用别处的文件", _page("edit", scene.draft.pk), "admin", form)
