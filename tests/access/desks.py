"""The bureau of the matrix: everybody at his desk, and a text in every state at every place.

`furnished()` returns the house with `people` (post -> user) and `texts`: (column, department) ->
state -> page. What a person can do is asked by real requests (`Desk`), each answered with what the
database says afterwards, never with the status of the answer.
"""

import re
from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from page_types.models import ArticlePage
from page_types.organisation.models import Post
from page_types.organisation.services import appoint, group_of
from page_types.publication.models import Column, Entry, Seal
from page_types.review import services
from tests.access import forms
from tests.access.scene import ALL_PERMISSIONS, _grant, _permissions, furnish
from tests.houses import _column, _person

STEPS = {
    "处审": "department_review",
    "领审": "leader_review",
    "办审": "office_review",
    "中发": "centre_publish",
}
#: Department of the person (code) -> place -> column and department of the text there.
PLACES = {
    own: {
        "本处室栏目": (column, own),
        "供稿栏目本处室稿": ("joint", own),
        "供稿栏目外处室稿": ("joint", "b"),
        "共用栏目本处室稿": ("notice", own),
        "共用栏目外处室稿": ("notice", "b"),
        "他处栏目": ("policy", "b"),
        "首页": (Column.HOME, None),
    }
    for own, column in (("a", "news"), ("office", "guide"))
}
#: Post in the table -> attribute of the house.
PEOPLE = {
    "信息员": "alice", "办公室信息员": "clerk", "处室审核人": "rita", "代理审核人": "dora",
    "分管局领导": "lin", "主要领导": "paul", "系统管理员": "adam", "办公室": "olga",
    "信息中心": "cai", "超级用户": "admin", "无岗位": "nemo", "手工授权无岗位": "max",
    "已离任信息员": "ludo",
}  # fmt: skip
#: Who writes the texts: nobody of the table, so that no cell turns on having a hand in a text.
AUTHORS = {"a": "andy", "b": "bob", "office": "cora"}


def furnished():
    """The scene's house with a column of the office, more people, and all the texts."""
    house = furnish()
    _column(house, "guide", "公开指南", "news", ["office"], False, "report")
    house.columns["joint"].contributors.add(house.departments["office"])
    for key in ("guide", "joint"):
        group = group_of(Post.OFFICER, house.departments["office"])
        _grant(group, house.pages[key], _permissions("change_page", "add_page"))
    _more_people(house)
    pairs = {pair for places in PLACES.values() for pair in places.values() if pair[1]}
    house.texts = {pair: _texts(house, *pair) for pair in sorted(pairs)}
    return house


def _more_people(house):
    today, a = timezone.localdate(), house.departments["a"]
    house.cora = _person(house, "cora", "柯", "拉", [(Post.OFFICER, "office")])
    house.nemo = _person(house, "nemo", "倪", "某", [])
    house.dora = _person(house, "dora", "杜", "拉", [])
    day = timedelta(days=1)
    appoint(
        house.dora, Post.REVIEWER, a, starts=today - day, ends=today + day, deputy_for=house.rita
    )
    house.ludo = _person(house, "ludo", "卢", "多", [])
    appoint(house.ludo, Post.OFFICER, a, starts=today - 9 * day, ends=today - day)
    house.ludo.groups.add(group_of(Post.OFFICER, a))  # the groups lag behind the appointment
    house.max = _person(house, "max", "马", "克", [])
    everything = Group.objects.create(name="手工全部授权")
    _grant(everything, house.root, _permissions(*ALL_PERMISSIONS))
    everything.permissions.add(Permission.objects.get(codename="access_admin"))
    house.max.groups.add(everything)


def _texts(house, column, code):
    """A draft, one text at every step, and a public one."""
    author = getattr(house, AUTHORS[code])
    found = {}
    for state in ("draft", *STEPS.values(), "public"):
        title = f"稿件{column}{code}{state}"
        page = house.draft(author, column, title, department=house.departments[code])
        if state == "public":
            page = house.publish(page, author)
        elif state != "draft":
            services.submit(page, author)
            while (at := house.state_of(page)).task.specific.step != state:
                chain = services.rules.chain_of(at.workflow_state)
                house.pass_on(page, at.task.specific.people(chain).last())
        found[state] = page
    return found


class Desk:
    """One person before one place: tries each action and says whether it took effect."""

    def __init__(self, house, post, place):
        self.house, self.user = house, getattr(house, PEOPLE[post])
        self.own = "office" if post == "办公室信息员" else "a"
        column, department = PLACES[self.own][place]
        self.column = house.pages[column]
        self.texts = house.texts.get((column, department), {})
        self.client = house.client(self.user)
        self.client.raise_request_exception = False

    def ask(self, method, address, *args):
        """A request; an error of ours is never an answer."""
        answer = getattr(self.client, method)(address, *args)
        assert answer.status_code < 500, f"{address}: {answer.status_code}"
        return answer

    def pages(self, name, page, data=None):
        """A request to a core screen of a page."""
        address = reverse(f"wagtailadmin_pages:{name}", args=(page.pk,))
        return self.ask("get", address) if data is None else self.ask("post", address, data)

    def sees(self):
        """Explorer and review screen agree; the history is for nobody who does not see the text.

        Core opens the history to those who may edit: writers, and reviewers at their own step
        (`gate.md` 4; `approves` asks for that one).
        """
        explorer = self.ask("get", reverse("wagtailadmin_explore", args=(self.column.pk,)))
        draft, waiting = self.texts["draft"], self.texts["department_review"]
        listed = draft.title in explorer.content.decode()
        reads = self.ask("get", self.screen(waiting)).status_code == 200
        assert listed == reads, f"列表 {listed}, 审核页 {reads}"
        for page in self.texts.values():
            assert listed or self.pages("history", page).status_code != 200, f"历史 {page.title}"
        return listed

    def creates(self):
        address = reverse(
            "wagtailadmin_pages:add", args=("page_types", "articlepage", self.column.pk)
        )
        self.ask("post", address, forms.article("新建的稿件"))
        made = ArticlePage.objects.filter(title="新建的稿件").first()
        assert made is None or made.department == self.house.departments[self.own]
        return made is not None

    def _edits(self, page, form):
        before = page.latest_revision_id
        self.pages("edit", page, form)
        newest = Page.objects.get(pk=page.pk).latest_revision
        assert newest.pk == before or newest.user == self.user
        return newest.pk != before

    def edits(self):
        page = self.texts["draft"]
        return self._edits(page, forms.article("改写的标题", slug=page.slug))

    def edits_in_review(self):
        page = self.texts["department_review"]
        return self._edits(page, forms.article("改写的标题", slug=page.slug))

    def edits_column(self):
        return self._edits(self.column, forms.column("改写的栏目"))

    def submits(self):
        page = self.texts["draft"]
        self.pages("edit", page, forms.article("送审稿", slug=page.slug, action="action-submit"))
        return WorkflowState.objects.active().filter(object_id=str(page.pk)).exists()

    def screen(self, page):
        return reverse("review:screen", args=(self.house.state_of(page).pk,))

    def approves(self, step):
        """By the form of the screen; whoever does not get it forges it with the right digest."""
        page = self.texts[step]
        state, address = self.house.state_of(page), self.screen(page)
        shown = self.ask("get", address).content.decode()
        seen = re.search(r'name="seen" value="(\w+)"', shown)
        history = self.pages("history", page).status_code
        data = {"action": "approve", "comment": "同意"}
        self.ask("post", address, {**data, "seen": seen[1] if seen else services.seen_now(state)})
        sealed = Seal.objects.filter(task_state_id=state.pk, by=self.user).exists()
        assert not sealed or (seen and history == 200), f"批准了，而历史 {history}"
        return sealed

    def returns(self, step):
        page = self.texts[step]
        state = self.house.state_of(page)
        self.ask("post", self.screen(page), {"action": "return", "comment": "请改日期"})
        state.refresh_from_db()
        assert state.status == "in_progress" or state.finished_by == self.user
        return state.status == "rejected"

    def _deletes(self, page):
        self.pages("delete", page, {})
        return not Page.objects.filter(pk=page.pk).exists()

    def deletes_draft(self):
        return self._deletes(self.texts["draft"])

    def deletes_public(self):
        return self._deletes(self.texts["public"])

    def publishes(self):
        """By the button of the editor and by the bulk action; a column page: its public title."""
        page = self.texts["draft"] if self.texts else self.column
        form = (forms.article if self.texts else forms.column)("直接发布", action="action-publish")
        self.pages("edit", page, {**form, "slug": page.slug})
        bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
        self.ask("post", f"{bulk}?id={page.pk}", {"include_descendants": "on"})
        row, entries = Page.objects.get(pk=page.pk), Entry.objects.filter(pk=page.pk)
        if self.texts:
            return row.live or entries.exists()
        return row.title == "直接发布" or entries.filter(title="直接发布").exists()
