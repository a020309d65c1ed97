"""Every cell of `matrix.txt`, tried in the admin over HTTP: post × action × column × state.

The table is the truth (design, chapter 6); where the admin does otherwise, the test names the cell.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from page_types.models import ArticlePage
from page_types.publication.models import Entry, Listing, Measure, Seal
from page_types.review import services
from page_types.review.measures import services as measures
from page_types.review.rules import chain_of
from tests.access import forms
from tests.access.probing import undone
from tests.access.scene import ROLES, fresh, furnish, user_of

#: Name of a table -> key of the column, and who writes there.
TABLES = {
    "自有栏目": ("news", "alice"),
    "供稿栏目": ("joint", "alice"),
    "他处栏目": ("policy", "bob"),
    "共用栏目": ("notice", "alice"),
}
STEPS = ["处室批", "领导批", "办公室批", "中心批"]
DRAFT, REVIEW, PUBLIC = "未送审的草稿", "审核中的稿件", "已公开的稿件"


def read_tables():
    """Name of a table -> post -> action -> whether it may."""
    tables, actions = {}, []
    for line in Path(__file__).with_name("matrix.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith("【"):
            table = tables[line[1 : line.index("】")]] = {}
        elif words and words[0] == "岗位":
            actions = words[1:]
        elif tables and words:
            assert len(words) == len(actions) + 1 and set(words[1:]) <= {"是", "否"}, line
            table[words[0]] = dict(zip(actions, (word == "是" for word in words[1:]), strict=True))
    return tables


EXPECTED = read_tables()


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnish()
        transaction.set_rollback(True)


class Trial:
    """One table: a draft of its column, taken through its states; each cell is tried and undone."""

    def __init__(self, house, table):
        self.house = house
        self.column, author = TABLES[table]
        self.author = getattr(house, author)
        self.clients = {}
        for role in EXPECTED[table]:
            self.clients[role] = house.client(user_of(self, role))
            self.clients[role].raise_request_exception = False
        self.page = house.draft(self.author, self.column, DRAFT)
        self.found = {role: {} for role in self.clients}

    def every(self, action, attempt):
        """Try an action as every post that has not yet done it; `attempt` says whether it did."""
        for role, client in self.clients.items():
            if not self.found[role].get(action):
                with undone():
                    self.found[role][action] = bool(attempt(client))

    # -- what is tried -----------------------------------------------------------------------

    def url(self, name, *args):
        return reverse(f"wagtailadmin_pages:{name}", args=args or (self.page.pk,))

    def sees(self, client):
        answer = client.get(reverse("wagtailadmin_explore", args=(self.column_page.pk,)))
        return answer.status_code == 200 and DRAFT in answer.content.decode()

    @property
    def column_page(self):
        return self.house.pages[self.column]

    def creates(self, client):
        where = self.url("add", "page_types", "articlepage", self.column_page.pk)
        client.post(where, forms.article("新建的稿件"))
        page = ArticlePage.objects.filter(title="新建的稿件").first()
        return page and page.get_latest_revision() and not page.live

    def edits(self, client, action=""):
        form = forms.article("改过的稿件", slug=self.page.slug, action=action)
        client.post(self.url("edit"), form)
        return fresh(self.page).get_latest_revision().content["title"] == "改过的稿件"

    def submits(self, client):
        self.edits(client, "action-submit")
        return TaskState.objects.filter(workflow_state__object_id=str(self.page.pk)).exists()

    def publishes(self, client):
        self.edits(client, "action-publish")
        return fresh(self.page).live or Entry.objects.filter(pk=self.page.pk).exists()

    def deletes(self, client):
        client.post(self.url("delete"))
        return not Page.objects.filter(pk=self.page.pk).exists()

    def edits_column(self, client):
        return edits_column(client, self.column_page)

    def screen(self):
        return reverse("review:screen", args=(self.house.state_of(self.page).pk,))

    def reads(self, client):
        answer = client.get(self.screen())
        return answer.status_code == 200 and REVIEW in answer.content.decode()

    def approves(self, client):
        state = self.house.state_of(self.page)
        data = {"action": "approve", "seen": services.seen_now(state), "comment": ""}
        client.post(self.screen(), data)
        return Seal.objects.filter(task_state_id=state.pk, state__in=["valid", "spent"]).exists()

    def returns(self, client):
        state = self.house.state_of(self.page)
        client.post(self.screen(), {"action": "return", "comment": "请修改"})
        return TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_REJECTED

    def cancels(self, client):
        client.post(self.screen(), {"action": "cancel"})
        return fresh(self.page).current_workflow_state is None

    def asks(self, client, kind, **fields):
        """The form of a measure on the public page; whether its record says that it was made."""
        before = Measure.objects.count()
        data = {"reason": "查看权限", "reason_kind": "withdrawn", **fields}
        client.post(reverse("review:ask_measure", args=(self.page.pk, kind)), data)
        return Measure.objects.count() > before

    def pins(self, client):
        self.asks(client, "pin", until=timezone.localdate().isoformat())
        return Listing.objects.filter(entry_id=self.page.pk, own=True, pinned__gt=0).exists()

    def withdraws_at_once(self, client):
        self.asks(client, "emergency")
        return not Entry.objects.filter(pk=self.page.pk).exists()

    def decides(self, client):
        asked = Measure.objects.get(page_id=self.page.pk, state=Measure.State.ASKED)
        client.post(reverse("review:measure", args=(asked.pk,)), {"action": "approve"})
        return not Entry.objects.filter(pk=self.page.pk).exists()

    # -- the states --------------------------------------------------------------------------

    def run(self):
        """All states in their order; role -> action -> whether it was done."""
        self.every("看到", self.sees)
        self.every("新建", self.creates)
        self.every("改稿", self.edits)
        self.every("送审", self.submits)
        self.every("删稿", self.deletes)
        self.every("发布", self.publishes)
        self.every("改栏目", self.edits_column)
        self.house.edit(self.page, self.author, title=REVIEW)
        services.submit(self.page, self.author)
        self.every("读审稿", self.reads)
        self.every("改审稿", self.edits)
        self.every("删审稿", self.deletes)
        self.every("撤回", self.cancels)
        for step in STEPS:
            self.every(step, self.approves)
            self.every("退回", self.returns)
            state = self.house.state_of(self.page)
            people = state.task.specific.people(chain_of(state.workflow_state))
            self.house.pass_on(self.page, people.first())
        assert Entry.objects.get(pk=self.page.pk).title == REVIEW
        self.every("改新稿", self.edits)
        self.every("删公开", self.deletes)
        self.every("置顶", self.pins)
        self.every("申请撤", lambda client: self.asks(client, "withdraw"))
        self.every("急撤", self.withdraws_at_once)
        measures.ask(
            Measure.Kind.WITHDRAW, fresh(self.page), self.house.cai,
            reason="查看权限", reason_kind="withdrawn",
        )  # fmt: skip
        self.every("决定撤", self.decides)
        return self.found


def edits_column(client, page):
    """Whether a draft of a column's own text can be saved."""
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), forms.column("改过的栏目"))
    return fresh(page).get_latest_revision().content["title"] == "改过的栏目"


def test_the_table_is_complete():
    assert set(EXPECTED) == set(TABLES)
    for rows in EXPECTED.values():
        assert set(rows) == set(ROLES) - {"持全部授权者"}
    shapes = {tuple(cells) for rows in EXPECTED.values() for cells in rows.values()}
    assert len(shapes) == 1 and len(shapes.pop()) == 22
    assert not any(cells["发布"] for rows in EXPECTED.values() for cells in rows.values())


#: Every run: the column of two departments, and the shared one with the short chain. All four when
#: all is proved.
EVERY_RUN = {"joint", "notice"}


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(table, id=key, marks=[] if key in EVERY_RUN else [pytest.mark.prove])
        for table, (key, _author) in TABLES.items()
    ],
)
def test_every_cell_of_the_table(house, db, table):
    found = Trial(house, table).run()
    wrong = [
        f"{table} · {role} · {action}: 表中“{'是' if may else '否'}”"
        for role, cells in EXPECTED[table].items()
        for action, may in cells.items()
        if found[role][action] != may
    ]
    # Four tables of 13 posts and 22 actions: 1,144 combinations, every one tried over HTTP.
    assert sum(map(len, found.values())) == 13 * 22
    assert not wrong, "\n".join(wrong)


def test_the_text_of_the_home_page_is_the_offices(house, db):
    trial = Trial(house, "共用栏目")
    trial.every("改首页", lambda client: edits_column(client, house.pages["home"]))
    assert {role for role, did in trial.found.items() if did["改首页"]} == {
        "办公室信息员",
        "超级用户",
    }
