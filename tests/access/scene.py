"""A bureau at work, for probes: people of every post, and a page in every state.

Built once a module inside one transaction; every probe runs in a savepoint that is rolled back
(`conftest.py`, `probing.py`).
"""

from types import SimpleNamespace

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from wagtail.models import Collection, GroupPagePermission, Page

from page_types.models import PolicyPage, PortalDocument
from page_types.organisation.models import Post
from page_types.organisation.services import group_of
from page_types.publication.models import Column
from page_types.review import services
from structure.demo_files import pdf
from tests.houses import _column, _person, small_house

#: Post as the office calls it -> attribute of the house. Every probe is run as each of them.
ROLES = {
    "信息员甲": "alice",
    "同处信息员": "andy",
    "信息员乙": "bob",
    "办公室信息员": "clerk",
    "审核人甲": "rita",
    "审核人乙": "beate",
    "分管领导甲": "lin",
    "分管领导乙": "lu",
    "主要领导": "paul",
    "办公室": "olga",
    "信息中心": "cai",
    "系统管理员": "adam",
    "超级用户": "admin",
    "持全部授权者": "pia",
}
#: Who writes for which departments (codes). What he does to his draft is his business.
WRITES_FOR = {
    "信息员甲": "a", "同处信息员": "a", "信息员乙": "b", "持全部授权者": "b",
    "办公室信息员": "office", "超级用户": "a b office",
}  # fmt: skip
ALL_PERMISSIONS = (
    "add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page",
)  # fmt: skip


def furnish():
    """The small house, with the posts and the column that it lacks."""
    house = small_house()
    house.paul = _person(house, "paul", "保", "局", [(Post.PRINCIPAL, None)])
    house.adam = _person(house, "adam", "亚", "当", [(Post.ADMINISTRATOR, None)])
    house.pia = _person(house, "pia", "皮", "娅", [(Post.OFFICER, "b")])
    _column(house, "joint", "赛事活动", "news", ["b"], False, "report")
    house.columns["joint"].contributors.add(house.departments["a"])
    change, add = _permissions("change_page", "add_page")
    for post in (Post.PRINCIPAL, Post.ADMINISTRATOR):
        _grant(group_of(post), house.pages[Column.HOME], [change])
    for code in ("a", "b"):
        _grant(group_of(Post.OFFICER, house.departments[code]), house.pages["joint"], [change, add])
    everything = Group.objects.create(name="手工授权")
    _grant(everything, house.root, _permissions(*ALL_PERMISSIONS))
    house.pia.groups.add(everything)
    return house


def _permissions(*codenames):
    found = Permission.objects.filter(content_type__app_label="wagtailcore")
    return [found.get(codename=codename) for codename in codenames]


def _grant(group, page, permissions):
    for permission in permissions:
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)


def at_work():
    """The furnished house with pages in every state, as `scene.shown`, `scene.draft` and so on."""
    house = furnish()
    scene = SimpleNamespace(house=house, columns=house.pages)
    scene.document = PortalDocument.objects.create(
        title="附件", file=ContentFile(pdf(["附件"]), name="annex.pdf"),
        collection=Collection.get_first_root_node(),
    )  # fmt: skip
    _of_department_a(house, scene)
    _of_department_b(house, scene)
    scene.pages = [
        scene.shown, scene.newer, scene.draft, scene.waiting, scene.policy, scene.foreign,
        scene.foreign_waiting, *scene.columns.values(),
    ]  # fmt: skip
    return scene


def _of_department_a(house, scene):
    scene.policy = PolicyPage(
        title="训练基地管理办法", department=house.departments["b"], owner=house.bob, live=False,
        body=[("paragraph", "<p>第一条</p>")],
    )  # fmt: skip
    house.pages["policy"].add_child(instance=scene.policy)
    scene.policy.save_revision(user=house.bob)
    scene.policy = house.publish(scene.policy, house.bob)
    body = [
        ("paragraph", "<p>已公开的正文</p>"),
        ("attachments", [{"document": scene.document, "title": "附件一"}]),
    ]
    shown = house.draft(house.alice, "quick", "已公开的信息", body=body)
    shown.interprets.create(page=scene.policy)
    shown.save_revision(user=house.alice)
    scene.shown = house.publish(shown, house.alice)
    newer = house.draft(house.alice, "quick", "公开且有新稿")
    newer = house.publish(newer, house.alice)
    scene.newer = house.edit(newer, house.alice, title="新稿的标题")
    scene.draft = house.draft(house.alice, "news", "未送审的草稿")
    scene.waiting = house.draft(house.alice, "news", "审核中的稿件")
    house.edit(scene.waiting, house.alice, title="审核中的稿件定稿")
    services.submit(scene.waiting, house.alice)


def _of_department_b(house, scene):
    scene.foreign = house.draft(house.bob, "notice", "乙处的草稿")
    scene.foreign_waiting = house.draft(house.bob, "notice", "乙处审核中的稿件")
    services.submit(scene.foreign_waiting, house.bob)


def fresh(page):
    """The page's row, read again as its specific type."""
    return Page.objects.get(pk=page.pk).specific


def writes_for(scene, role):
    """Departments (primary keys) whose texts the role may write."""
    return {scene.house.departments[code].pk for code in WRITES_FOR.get(role, "").split()}


def user_of(scene, role):
    """The person of a role, read again: what is cached on a user object is as old as the object."""
    user = getattr(scene.house, ROLES[role])
    return type(user).objects.get(pk=user.pk)
