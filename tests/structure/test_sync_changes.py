"""A changed plan changes the site, and leaves alone what is not the plan's."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError
from wagtail.models import Collection, GroupPagePermission, Page, Workflow

from page_types.organisation.models import Department, Post
from page_types.publication.models import Column, Entry, Event, Listing
from page_types.publication.verify import verify
from page_types.review.deadlines.models import StepTerm
from structure.models import AppliedPlan
from tests.structure.small_plan import PLAN, edited, everything


def unchanged(planned, text):
    """The plan has nothing left to do."""
    return "没有变化" in planned.sync(text)


def granted(key):
    """(post, department) of every group with a grant on the column's page."""
    grants = GroupPagePermission.objects.filter(page_id=Column.objects.get(key=key).page_id)
    return {
        (grant.group.post.post, grant.group.post.department and grant.group.post.department.code)
        for grant in grants
    }


# -- titles: both the plan's and the editors' --------------------------------------------------


def test_a_renamed_column_is_published_under_its_new_name(planned, client):
    text = edited(("title: 体坛", "title: 体育"))
    assert "~ 改名 / renamed: sport：体坛 → 体育" in planned.sync(text)
    assert client.get("/news/sport/").context["column"].title == "体育"
    assert planned.page("sport").title == "体育"
    assert Event.objects.latest("number").authority == "plan"
    assert unchanged(planned, text)
    assert list(verify()) == []


def test_what_editors_wrote_survives_a_rename(planned):
    planned.edit_text("sport", "mass", lead="<p>导语</p>")
    planned.sync(edited(("title: 体坛", "title: 体育")))
    page = planned.page("sport")
    assert (page.title, page.lead) == ("体育", "<p>导语</p>")
    assert not page.has_unpublished_changes
    assert page.get_latest_revision_as_object().title == "体育"


def test_a_draft_in_the_making_takes_the_new_name_along(planned):
    draft = planned.page("sport")
    draft.lead = "<p>尚未送审</p>"
    draft.save_revision(user=planned.person(Post.OFFICER, "mass"))
    planned.sync(edited(("title: 体坛", "title: 体育")))
    page = planned.page("sport")
    assert (page.title, page.lead) == ("体育", "")
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.lead) == ("体育", "<p>尚未送审</p>")


def test_a_draft_under_review_stays_as_it_was_read(planned):
    draft = planned.page("sport")
    draft.lead = "<p>在审</p>"
    draft.save_revision(user=planned.person(Post.OFFICER, "mass"))
    planned.submit(planned.page("sport"), "mass")
    revision = planned.page("sport").latest_revision_id
    assert "keeps the old title" in planned.sync(edited(("title: 体坛", "title: 体育")))
    assert planned.page("sport").latest_revision_id == revision


def test_an_editors_title_stands_while_the_plan_says_nothing_new(planned):
    planned.edit_text("sport", "mass", title="体坛纵横")
    assert unchanged(planned, PLAN)
    assert Entry.objects.get(pk=planned.column("sport").page_id).title == "体坛纵横"


def test_a_title_changed_by_both_is_told_and_left(planned):
    planned.edit_text("sport", "mass", title="体坛纵横")
    text = edited(("title: 体坛", "title: 体育"))
    for _again in range(2):
        said = planned.sync(text)
        assert "! 冲突" in said and "体坛纵横" in said and "体育" in said
        assert "没有变化" in said
    assert Entry.objects.get(pk=planned.column("sport").page_id).title == "体坛纵横"
    # The plan gives way: no conflict any longer, and the next change of the plan counts again.
    assert "title as planned" in planned.sync(edited(("title: 体坛", "title: 体坛纵横")))
    assert "renamed" in planned.sync(text)


def test_the_bureaus_name_is_the_homes_title(planned, client):
    planned.sync(edited(("name: 某局", "name: 另一局")))
    assert client.get("/").context["site"].name == "另一局"
    planned.edit_text(Column.HOME, "office", title="局门户")
    assert "! 冲突" in planned.sync(edited(("name: 某局", "name: 第三局")))


def test_a_lost_memory_is_a_conflict_rather_than_a_guess(planned):
    planned.edit_text("sport", "mass", title="体坛纵横")
    AppliedPlan.objects.all().delete()
    assert "! 冲突" in planned.sync()
    assert unchanged(planned, PLAN)


# -- addresses and the tree --------------------------------------------------------------------


def test_old_addresses_lead_to_new_ones_for_the_column_and_all_below(planned, client):
    planned.article("deep", "mass")
    text = edited(("{key: sport,", "{key: sport, slug: ty,"))
    said = planned.sync(text)
    assert "/news/sport/ → /news/ty/" in said and "/news/sport/deep/ → /news/ty/deep/" in said
    for old, new in (
        ("/news/sport/", "/news/ty/"),
        ("/news/sport/deep/", "/news/ty/deep/"),
        ("/news/sport/deep/yi-pian/", "/news/ty/deep/yi-pian/"),
    ):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)
        assert client.get(new).status_code == 200
    assert unchanged(planned, text)


def test_renaming_there_and_back_makes_no_loop(planned, client):
    planned.sync(edited(("{key: sport,", "{key: sport, slug: ty,")))
    planned.sync(PLAN)
    assert client.get("/news/sport/").status_code == 200
    assert client.get("/news/ty/")["Location"] == "/news/sport/"


def test_a_moved_column_takes_pages_and_paths_along(planned, client):
    article = planned.article("deep", "mass")
    text = edited(("title: 体坛, parent: news", "title: 体坛, parent: open"))
    assert "> 移动栏目 / moved column: sport 体坛：news → open" in planned.sync(text)
    assert planned.page("sport").get_parent().pk == planned.column("open").page_id
    assert Page.objects.get(pk=article.pk).is_descendant_of(planned.page("sport"))
    assert client.get("/news/sport/deep/yi-pian/")["Location"] == "/open/sport/deep/yi-pian/"
    assert client.get("/open/sport/deep/yi-pian/").status_code == 200
    assert unchanged(planned, text)
    assert list(verify()) == []
    assert Page.find_problems() == ([], [], [], [], [])


def test_parent_and_child_may_change_places(planned):
    text = edited(
        ("title: 体坛, parent: news", "title: 体坛, parent: deep"),
        ("title: 深读, parent: sport", "title: 深读, parent: news"),
    )
    planned.sync(text)
    assert planned.page("sport").get_parent().pk == planned.column("deep").page_id
    assert planned.page("deep").get_parent().pk == planned.column("news").page_id
    assert Page.find_problems() == ([], [], [], [], [])
    assert unchanged(planned, text)


def test_a_slug_passed_on_within_one_change_is_refused_as_an_address_that_was_anothers(planned):
    before = everything()
    with pytest.raises(CommandError, match="网址 /news/notice/ 已属于另一栏目"):
        planned.sync(
            edited(
                ("{key: sport,", "{key: sport, slug: notice,"),
                ("{key: notice,", "{key: notice, slug: tz,"),
            )
        )
    assert everything() == before


def test_slugs_may_change_hands_where_the_addresses_are_new(planned, client):
    planned.sync(
        edited(
            ("{key: news,", "{key: news, slug: xw,"),
            ("{key: sport,", "{key: sport, slug: notice,"),
            ("{key: notice,", "{key: notice, slug: tz,"),
        )
    )
    assert client.get("/xw/notice/").context["column"].key == "sport"
    assert client.get("/news/notice/")["Location"] == "/xw/tz/"


def test_a_column_cannot_take_the_address_of_an_article(planned):
    planned.article("sport", "mass")
    new = "  - {key: extra, slug: yi-pian, title: 附, parent: sport, owners: [mass], kind: news}\n"
    before = everything()
    with pytest.raises(CommandError, match="/news/sport/yi-pian/"):
        planned.sync(PLAN + new)
    assert everything() == before


def test_a_new_column_between_others_shifts_the_menu(planned, client):
    new = "  - {key: extra, title: 新栏, parent: null, owners: [mass], kind: news}\n"
    text = edited(("  - {key: open,", new + "  - {key: open,"))
    assert "~ 菜单顺序" in planned.sync(text)
    assert [node.key for node in client.get("/").context["site"].menu] == ["news", "extra", "open"]


# -- what always follows the plan --------------------------------------------------------------


def test_period_kind_and_listings_follow(planned):
    article = planned.article("sport", "mass")
    text = edited(("kind: news, update_period_days: 14", "kind: notice, update_period_days: 30"))
    said = planned.sync(text)
    assert "更新周期（天） 14 → 30" in said and "类型 news → notice" in said
    assert planned.column("sport").update_period_days == 30
    assert Listing.objects.get(entry=article.pk).kind == "notice"


def test_the_plan_gives_each_step_its_working_days(planned):
    steps = "steps: [department_review, office_review]"
    text = edited(
        (steps, f"{steps}, days: {{office_review: 1}}"),
        ("[department_review]}", "[department_review], days: 2}"),
    )
    assert "~ 步骤期限（工作日） / working days of a step: report office_review：1" in planned.sync(
        text
    )
    assert {(t.chain, t.step): t.days for t in StepTerm.objects.all()} == {
        ("report", "department_review"): 3,
        ("report", "office_review"): 1,
        ("self_publish", "department_review"): 2,
    }
    assert unchanged(planned, text)


def test_another_chain_is_another_workflow_and_running_reviews_keep_theirs(planned):
    page = planned.draft("sport", "mass")
    planned.submit(page, "mass")
    old = Page.objects.get(pk=page.pk).get_workflow()
    text = edited(
        ("steps: [department_review, office_review]",
         "steps: [department_review, office_review, centre_publish]")
    )  # fmt: skip
    assert "new review chain" in planned.sync(text)
    assert Page.objects.get(pk=page.pk).get_workflow() != old
    assert Workflow.objects.filter(pk=old.pk).exists()
    planned.approve(page, planned.person(Post.REVIEWER, "mass"), planned.person(Post.OFFICE))
    assert Entry.objects.filter(pk=page.pk).exists()
    assert unchanged(planned, text)


def test_a_columns_own_chain_comes_and_goes(planned):
    text = edited(("{key: open,", "{key: open, chain: self_publish,"))
    planned.sync(text)
    assert planned.page("open").get_workflow().name == "自行发布"
    assert planned.page("stats").get_workflow().name == "报送发布"
    planned.sync(PLAN)
    assert planned.page("open").get_workflow().name == "报送发布"
    assert unchanged(planned, PLAN)


def test_a_renamed_department_keeps_its_groups_and_files(planned):
    text = edited(("name: 群体处", "name: 群众体育处"))
    collection = Collection.objects.get(name="群体处").pk
    planned.sync(text)
    assert Collection.objects.get(name="群众体育处").pk == collection
    assert Group.objects.filter(name="信息员·群众体育处").exists()
    assert not Group.objects.filter(name__contains="群体处").exists()
    assert unchanged(planned, text)


def test_what_left_the_plan_is_told_and_stays(planned, client):
    article = planned.article("stats", "office")
    lines = [line for line in PLAN.splitlines() if "{key: stats," not in line]
    text = "\n".join(lines).replace("  - {id: comp, name: 竞体处, type: internal}\n", "") + "\n"
    said = planned.sync(text)
    assert (
        "? 规划中已没有的栏目 / column no longer in the plan, kept: stats 统计 /open/stats/" in said
    )
    assert "? 规划中已没有的部门 / department no longer in the plan, kept: comp 竞体处" in said
    assert Page.objects.filter(pk=article.pk).exists()
    assert client.get("/open/stats/yi-pian/").status_code == 200
    assert Department.objects.get(code="comp").active
    assert ("officer", "comp") not in granted("notice")
    # It moves along with its parent all the same.
    planned.sync(text.replace("{key: open,", "{key: open, slug: gk,"))
    assert client.get("/open/stats/")["Location"] == "/gk/stats/"


def test_a_key_of_a_column_opened_by_an_editor_is_refused(planned):
    Column.objects.filter(key="stats").update(origin=Column.Origin.EDITOR)
    with pytest.raises(CommandError, match="stats"):
        planned.sync()


def test_columns_opened_by_editors_are_none_of_the_plans_business(planned):
    Column.objects.filter(key="stats").update(origin=Column.Origin.EDITOR)
    lines = [line for line in PLAN.splitlines() if "{key: stats," not in line]
    said = planned.sync("\n".join(lines) + "\n")
    assert "stats" not in said and "没有变化" in said


def test_grants_put_on_by_hand_are_taken_back_where_the_plan_rules(planned):
    officers = Group.objects.get(name="信息员·竞体处")
    GroupPagePermission.objects.create(
        group=officers, page_id=planned.column("sport").page_id, permission_type="publish"
    )
    assert "- 收回授权 / taken back: sport：竞体处" in planned.sync()
    assert ("officer", "comp") not in granted("sport")


def test_a_column_page_that_is_gone_is_told(planned):
    Page.objects.filter(pk=planned.column("stats").page_id).delete()
    with pytest.raises(CommandError, match="stats 的页面已不存在"):
        planned.sync()
