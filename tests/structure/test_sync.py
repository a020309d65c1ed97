"""The shipped plan becomes a site: every column public, every chain and grant in place."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import TestCase
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Task,
    Workflow,
)

from page_types.organisation.models import Department, Post, User
from page_types.organisation.services import appoint
from page_types.publication.models import Column, Entry, Event
from page_types.publication.verify import verify
from structure.plan import load_plan
from tests.structure.plan_mistakes import row
from tests.structure.small_plan import everything


def sync(*options, **more):
    out = StringIO()
    call_command("sync_structure", *options, stdout=out, **more)
    return out.getvalue()


def specific(column):
    return Page.objects.get(pk=column.page_id).specific


class TestShippedPlan(TestCase):
    """One run for all: the shipped plan is the largest one."""

    @classmethod
    def setUpTestData(cls):
        sync()

    def test_every_column_of_the_plan_is_public_at_its_path(self):
        plan = load_plan()
        assert self.client.get("/").status_code == 200
        for column in plan.columns:
            path = f"/{plan.path_of(column.key)}/"
            response = self.client.get(path)
            assert response.status_code == 200, path
            assert response.context["column"].title == column.title
        assert Entry.objects.count() == len(plan.columns) + 1
        assert list(verify()) == []

    def test_records_owners_and_texts_are_the_plans(self):
        plan = load_plan()
        for wanted in plan.columns:
            column = Column.objects.get(key=wanted.key)
            assert (column.parent and column.parent.key) == wanted.parent
            for name in (
                "slug",
                "position",
                "kind",
                "chain",
                "shared",
                "group",
                "in_nav",
                "lifecycle",
                "update_period_days",
                "period_basis",
                "event_start",
                "event_end",
                "inferred",
            ):
                assert getattr(column, name) == getattr(wanted, name), (wanted.key, name)
            assert column.open_to_all == ("all" in wanted.contributors)
            assert {d.code for d in column.owners.all()} == set(wanted.owners) - {"all"}
            page = specific(column)
            assert page.department.code == (wanted.owners[0] if not wanted.shared else "office")
            parent = column.parent or Column.objects.get(key=Column.HOME)
            assert page.get_parent().pk == parent.page_id
            assert (page.title, page.live) == (wanted.title, True)
        assert [d.code for d in Department.objects.all()] == [d.id for d in plan.real_departments]

    def test_nothing_of_stock_wagtail_is_left(self):
        home = Page.objects.get(depth=2)
        assert home.title == "广东省体育局"
        site = Site.objects.get()
        assert (site.root_page_id, site.site_name) == (home.pk, "广东省体育局")
        assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
        assert not Workflow.objects.filter(name="Moderators approval").exists()
        assert not Task.objects.filter(name="Moderators approval").exists()

    def test_a_second_run_changes_nothing(self):
        before = everything()
        assert sync() == "没有变化 / no changes\n"
        assert sync("--plan") == "没有变化 / no changes\n"
        assert everything() == before

    def test_every_page_has_its_chain(self):
        plan = load_plan()
        for wanted in plan.columns:
            column = Column.objects.get(key=wanted.key)
            workflow = Page.objects.get(pk=column.page_id).get_workflow()
            chain = plan.chain(wanted.chain)
            assert workflow.name == chain.title
            assert [task.step for task in workflow.tasks.specific()] == list(chain.steps)

    def test_grants_make_reachable_and_never_publish(self):
        granted = {}
        for grant in GroupPagePermission.objects.select_related("group__post__department"):
            post = grant.group.post
            who = (post.post, post.department.code if post.department else None)
            granted.setdefault(grant.page_id, {}).setdefault(who, set()).add(
                grant.permission.codename
            )
        codenames = {name for page in granted.values() for names in page.values() for name in names}
        assert codenames == {"add_page", "change_page"}

        zcfg = granted[Column.objects.get(key="zcfg").page_id]
        assert zcfg == {
            (Post.OFFICER, "office"): {"add_page", "change_page"},
            (Post.REVIEWER, "office"): {"change_page"},
            (Post.LEADER, "office"): {"change_page"},
        }
        shared = granted[Column.objects.get(key="tzgg").page_id]
        assert {code for _post, code in shared} == {d.code for d in Department.objects.all()}
        home = granted[Column.objects.get(key=Column.HOME).page_id]
        assert {post for post, code in home if code is None} == {
            Post.PRINCIPAL, Post.OFFICE, Post.CENTRE, Post.ADMINISTRATOR,
        }  # fmt: skip
        assert {code for _post, code in home if code} == {"office"}
        assert all(names == {"change_page"} for names in home.values())

    def test_each_department_has_a_collection_of_its_own(self):
        names = [c.name for c in Collection.get_first_root_node().get_children()]
        assert sorted(names) == sorted(d.name for d in Department.objects.all())
        held = {}
        for grant in GroupCollectionPermission.objects.select_related("group__post__department"):
            post = grant.group.post
            assert grant.collection.name == post.department.name
            held.setdefault(post.post, set()).add(grant.permission.codename)
        assert held == {
            Post.OFFICER: {f"{a}_{m}" for a in ("add", "change", "choose")
                           for m in ("image", "document")},
            Post.REVIEWER: {"choose_image", "choose_document"},
        }  # fmt: skip

    def test_officers_may_draft_where_the_plan_says(self):
        user = User.objects.create(username="mass")
        appoint(user, Post.OFFICER, Department.objects.get(code="mass"))
        user = User.objects.get(pk=user.pk)
        plan = load_plan()
        may = {
            column.key
            for column in Column.objects.exclude(key=Column.HOME)
            if Page.objects.get(pk=column.page_id)
            .specific.permissions_for_user(user)
            .can_add_subpage()
        }
        assert may == {
            column.key
            for column in plan.columns
            if not column.group and {"mass", "all"} & {*column.owners, *column.contributors}
        }

    def test_publications_of_the_plan_are_events_like_all_others(self):
        events = Event.objects.all()
        assert events.count() == Entry.objects.count()
        assert {(event.authority, event.who) for event in events} == {("plan", None)}


@pytest.mark.django_db
def test_plan_says_everything_and_writes_nothing():
    before = everything()
    foretold = sync("--plan")
    assert everything() == before
    assert "+ 新建栏目 / new column: zcfg 政策法规 → /zwgk/zcfg/" in foretold
    assert "均未执行" in foretold
    assert sync().splitlines()[:-1] == foretold.splitlines()[:-1]


@pytest.mark.django_db
def test_a_wrong_plan_is_told_whole_and_changes_nothing(tmp_path):
    file = tmp_path / "wrong.yaml"
    text = row("sztt", "[industry]", "[indstry]")
    file.write_text(row("xxgknb", "days: 365", "days: 0", text), encoding="utf-8")
    before = everything()
    with pytest.raises(CommandError) as caught:
        sync(file=file)
    said = str(caught.value)
    assert "sztt.owners" in said and "xxgknb.update_period_days" in said
    assert "未知的部门" in said and "unknown department" in said
    assert caught.value.returncode == 1
    assert everything() == before
