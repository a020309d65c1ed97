"""A small bureau for tests: three departments, a few columns, people for every post.

house = small_house()
page = house.draft(house.alice, "news", "标题")  # with a revision of Alice's
house.publish(page, house.alice)  # through every step of its chain
client = house.client(house.alice)  # signed in
"""

from types import SimpleNamespace

from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Site, TaskState, WorkflowPage

from page_types.models import ArticlePage, ColumnPage, HomePage
from page_types.organisation.models import Department, Post, User
from page_types.organisation.services import appoint, group_of
from page_types.permissions import may_draft_in
from page_types.publication.authorities import Plan
from page_types.publication.columns import set_path, touch_columns
from page_types.publication.models import Column
from page_types.publication.publish import publish
from page_types.publication.texts import text_of
from page_types.review import rules, services
from page_types.review.chains import workflow_for
from page_types.review.checks import secrecy

CHAINS = {
    "report": (
        "报送发布",
        ["department_review", "leader_review", "office_review", "centre_publish"],
    ),
    "self_publish": ("自行发布", ["department_review"]),
}
#: key, title, kind, owners (codes), shared, chain
COLUMNS = [
    ("news", "体育要闻", "news", ["a"], False, "report"),
    ("quick", "群体动态", "news", ["a"], False, "self_publish"),
    ("policy", "政策文件", "policy", ["b"], False, "report"),
    ("notice", "通知公告", "notice", [], True, "report"),
]
#: attribute, family and given name, posts (post, code of the department)
PEOPLE = [
    ("alice", "安", "丽", [(Post.OFFICER, "a")]),
    ("andy", "安", "第", [(Post.OFFICER, "a")]),
    ("bob", "鲍", "勃", [(Post.OFFICER, "b")]),
    ("clerk", "柯", "立", [(Post.OFFICER, "office")]),
    ("rita", "李", "塔", [(Post.REVIEWER, "a")]),
    ("rolf", "罗", "夫", [(Post.REVIEWER, "a")]),
    ("beate", "贝", "娅", [(Post.REVIEWER, "b")]),
    ("orla", "欧", "拉", [(Post.REVIEWER, "office")]),
    ("lin", "林", "局", [(Post.LEADER, "a"), (Post.LEADER, "office")]),
    ("lu", "卢", "局", [(Post.LEADER, "b")]),
    ("olga", "欧", "佳", [(Post.OFFICE, None)]),
    ("otto", "欧", "多", [(Post.OFFICE, None)]),
    ("cai", "蔡", "信", [(Post.CENTRE, None)]),
    ("chen", "陈", "信", [(Post.CENTRE, None)]),
]


#: What an officer declares of a text (`services.submit(page, user, secrecy=SECRECY)`), and the
#: same as the fields of the editor's form.
SECRECY = {"reviewer": "保密员"}


def declared():
    """The secrecy declaration as the editor's form sends it."""
    return {
        "secrecy-done": "on",
        "secrecy-reviewer": SECRECY["reviewer"],
        "secrecy-conclusion": "open",
        "secrecy-reviewed_on": timezone.localdate().isoformat(),
        "secrecy-disclosure": "active",
        "secrecy-reason": "",
    }


class House(SimpleNamespace):
    """What `small_house()` made: `departments`, `columns`, `pages` by key; people by name."""

    def draft(self, author, column, title, department=None, **fields):
        """An article with one revision by `author`, in a column given by its key."""
        fields.setdefault("body", [("paragraph", f"<p>{title}的正文</p>")])
        department = department or author.appointments.first().department
        page = ArticlePage(title=title, department=department, owner=author, live=False, **fields)
        self.pages[column].add_child(instance=page)
        page.save_revision(user=author, log_action="wagtail.create")
        self.declare(page, author)
        return page

    def edit(self, page, author, **fields):
        """A new revision by `author` with other values."""
        page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision(user=author, log_action=True)
        self.declare(page, author)
        return page

    def declare(self, page, author):
        """The secrecy declaration of the newest draft, where the author may submit it at all."""
        if not page.is_column_text and page.permissions_for_user(author).may_write():
            secrecy.declare(page, author, **SECRECY)

    def state_of(self, page):
        """The task state at which the page's review stands."""
        return TaskState.objects.get(status="in_progress", workflow_state__object_id=str(page.pk))

    def pass_on(self, page, *people):
        """Each of the people approves the present step, having seen it."""
        for user in people:
            state = self.state_of(page)
            services.approve(state, user, services.seen_now(state))

    def publish(self, page, author):
        """Submit and take through every step of the column's chain; returns the page's row."""
        services.submit(page, author, secrecy=SECRECY, reasons="已核对")
        while review := Page.objects.get(pk=page.pk).current_workflow_state:
            chain = rules.chain_of(review)
            state = self.state_of(page)
            self.pass_on(page, state.task.specific.people(chain).first())
        return type(page).objects.get(pk=page.pk)

    def client(self, user):
        """A test client signed in as `user`."""
        client = Client()
        client.force_login(user)
        return client


@transaction.atomic
def small_house():
    """Departments A, B and the office; home and four columns, public; two chains; people."""
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth__gt=1).delete()
    root.refresh_from_db()
    house = House(departments={}, columns={}, pages={}, root=root)
    for place, (code, name) in enumerate(
        [("office", "办公室"), ("a", "群众体育处"), ("b", "竞技体育处")]
    ):
        house.departments[code] = Department.objects.create(code=code, name=name, position=place)
    _columns(house)
    for attribute, family, given, posts in PEOPLE:
        setattr(house, attribute, _person(house, attribute, family, given, posts))
    house.admin = User.objects.create_superuser(
        "admin", email="admin@example.org", last_name="管", first_name="理"
    )
    _grants(house)
    return house


def _columns(house):
    house.workflows = {
        name: workflow_for(name, title, steps) for name, (title, steps) in CHAINS.items()
    }
    _column(house, Column.HOME, "阳光体育", "home", ["office"], False, "report")
    Site.objects.create(
        hostname="localhost", root_page=house.pages[Column.HOME], is_default_site=True
    )
    for line in COLUMNS:
        _column(house, *line)


def _column(house, key, title, kind, owners, shared, chain):
    is_home = key == Column.HOME
    department = house.departments[owners[0] if owners else "office"]
    page = (HomePage if is_home else ColumnPage)(
        title=title, slug=key, department=department, live=False
    )
    parent = house.root if is_home else house.pages[Column.HOME]
    parent.add_child(instance=page)
    column = Column.objects.create(
        key=key,
        slug="" if is_home else key,
        page_id=page.pk,
        kind=kind,
        chain=chain,
        shared=shared,
        position=len(house.columns),
    )
    column.owners.set([house.departments[code] for code in owners])
    set_path(column, column.slug)
    touch_columns()
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": house.workflows[chain]})
    publish(text_of(page.save_revision()), Plan())
    house.columns[key] = column
    house.pages[key] = type(page).objects.get(pk=page.pk)


def _person(house, name, family, given, posts):
    user = User.objects.create(
        username=name, last_name=family, first_name=given, email=f"{name}@example.org"
    )
    for post, code in posts:
        department = house.departments.get(code)
        user.department = user.department or department
        appoint(user, post, department)
    user.save()
    return User.objects.get(pk=user.pk)


def _grants(house):
    add, change = (
        Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        for codename in ("add_page", "change_page")
    )
    home = house.pages[Column.HOME]
    for department in house.departments.values():
        group = group_of(Post.OFFICER, department)
        for key, column in house.columns.items():
            if may_draft_in(column, department.pk):
                for permission in (add, change):
                    GroupPagePermission.objects.create(
                        group=group, page=house.pages[key], permission=permission
                    )
        for post in (Post.REVIEWER, Post.LEADER):
            GroupPagePermission.objects.create(
                group=group_of(post, department), page=home, permission=change
            )
    for post in (Post.OFFICE, Post.CENTRE):
        GroupPagePermission.objects.create(group=group_of(post), page=home, permission=change)
