"""Re-owning a column: pages, drafts and grants pass on at once; reviews end where they began."""

import pytest
from django.core.management import CommandError
from wagtail.models import GroupPagePermission, Page, TaskState

from page_types.base import PortalPage
from page_types.organisation.models import Post
from page_types.publication.models import Column, Entry, Event
from page_types.review import services
from tests.structure.small_plan import edited, everything

PASSED_ON = edited(("title: 体坛, parent: news, owners: [mass]",
                    "title: 体坛, parent: news, owners: [comp]"))  # fmt: skip


def owner_of(page):
    return PortalPage.objects.get(pk=page.pk).department.code


def entry_of(page):
    return Entry.objects.select_related("department").get(pk=page.pk)


def may_edit(planned, page, post, code):
    return Page.objects.get(pk=page.pk).specific.permissions_for_user(
        planned.person(post, code)
    ).can_edit()  # fmt: skip


def holders_of_grants(key):
    grants = GroupPagePermission.objects.filter(page_id=Column.objects.get(key=key).page_id)
    return {grant.group.post.department.code for grant in grants}


def test_pages_drafts_and_grants_pass_to_the_new_owner(planned, client):
    article, draft = planned.article("sport", "mass"), planned.draft("deep", "mass", "别处")
    waiting = planned.draft("sport", "mass", "草稿")
    before = Event.objects.filter(subject=f"page/{article.pk}").get()
    said = planned.sync(PASSED_ON)
    assert "责任处室 群体处 → 竞体处" in said
    assert "~ 移交 / re-owned: sport 体坛：群体处 → 竞体处（3 页 pages）" in said

    assert owner_of(article) == owner_of(waiting) == owner_of(planned.page("sport")) == "comp"
    assert owner_of(draft) == owner_of(planned.page("deep")) == "mass"
    assert entry_of(article).department.code == "comp"
    assert entry_of(planned.page("sport")).department.code == "comp"
    assert entry_of(planned.page("deep")).department.code == "mass"
    assert client.get("/news/sport/").context["column"].owners == ["竞体处"]

    event = Event.objects.latest("number")
    assert (event.what, event.authority) == (Event.What.RE_OWNED, "re-own")
    assert event.detail == {"from": "mass", "to": "comp"}
    before.refresh_from_db()
    assert before.department.code == "mass"

    assert holders_of_grants("sport") == {"comp"}
    for page in (article, waiting, planned.page("sport")):
        assert may_edit(planned, page, Post.OFFICER, "comp")
        assert not may_edit(planned, page, Post.OFFICER, "mass")
    assert "没有变化" in planned.sync(PASSED_ON)


def test_what_is_shown_beforehand_is_not_done(planned):
    planned.article("sport", "mass")
    before = everything()
    assert "re-owned" in planned.sync(PASSED_ON, "--plan")
    assert everything() == before


@pytest.mark.parametrize("steps_before", [0, 1])
def test_a_running_review_ends_where_it_began(planned, steps_before):
    page = planned.draft("sport", "mass")
    planned.submit(page, "mass")
    people = [planned.person(Post.REVIEWER, "mass"), planned.person(Post.OFFICE)]
    planned.approve(page, *people[:steps_before])
    planned.sync(PASSED_ON)
    state = TaskState.objects.get(status="in_progress", workflow_state__object_id=str(page.pk))
    assert not services.may_approve(state, planned.person(Post.REVIEWER, "comp"))[0]
    planned.approve(page, *people[steps_before:])
    assert entry_of(page).department.code == "comp"
    assert owner_of(page) == "comp"


def test_what_comes_back_goes_on_with_the_new_owner(planned):
    page = planned.draft("sport", "mass")
    planned.submit(page, "mass")
    planned.sync(PASSED_ON)
    state = TaskState.objects.get(status="in_progress", workflow_state__object_id=str(page.pk))
    services.return_draft(state, planned.person(Post.REVIEWER, "mass"), "请改")
    planned.submit(page, "comp")
    planned.approve(page, planned.person(Post.REVIEWER, "comp"), planned.person(Post.OFFICE))
    assert entry_of(page).department.code == "comp"


def test_passed_on_twice_a_review_still_ends(planned):
    page = planned.draft("sport", "mass")
    planned.submit(page, "mass")
    planned.sync(PASSED_ON)
    planned.sync(
        PASSED_ON.replace("parent: news, owners: [comp]", "parent: news, owners: [office]")
    )
    planned.approve(page, planned.person(Post.REVIEWER, "mass"), planned.person(Post.OFFICE))
    assert entry_of(page).department.code == "office"


def test_contributors_keep_what_is_theirs(planned):
    theirs, own = planned.article("stats", "mass"), planned.draft("stats", "office", "自有")
    planned.sync(edited(("parent: open, owners: [office]", "parent: open, owners: [comp]")))
    assert (owner_of(theirs), owner_of(own)) == ("mass", "comp")
    assert may_edit(planned, theirs, Post.OFFICER, "mass")


def test_a_second_owner_takes_nothing_away(planned):
    article = planned.article("sport", "mass")
    said = planned.sync(edited(("体坛, parent: news, owners: [mass]",
                                "体坛, parent: news, owners: [mass, comp]")))  # fmt: skip
    assert "re-owned" not in said
    assert owner_of(article) == "mass"
    assert holders_of_grants("sport") == {"mass", "comp"}


def test_the_first_owner_writes_the_columns_text(planned):
    planned.sync(edited(("体坛, parent: news, owners: [mass]",
                         "体坛, parent: news, owners: [comp, mass]")))  # fmt: skip
    page = planned.page("sport")
    assert owner_of(page) == entry_of(page).department.code == "comp"


def test_a_column_that_becomes_everybodys_leaves_each_its_pages(planned):
    article = planned.article("sport", "mass")
    text = edited(("体坛, parent: news, owners: [mass]", "体坛, parent: news, owners: [all]"))
    planned.sync(text)
    assert owner_of(article) == "mass"
    page = planned.page("sport")
    assert owner_of(page) == entry_of(page).department.code == "office"
    assert holders_of_grants("sport") == {"office", "mass", "comp"}
    assert "没有变化" in planned.sync(text)


def test_a_column_that_was_everybodys_passes_to_its_owner(planned):
    officer, page = planned.person(Post.OFFICER, "comp"), planned.draft("notice", "comp")
    mine = planned.draft("notice", "mass", "群体处的")
    text = edited(("owners: [all], kind: notice", "owners: [mass], kind: notice"))
    planned.sync(text)
    assert (owner_of(page), owner_of(mine)) == ("mass", "mass")
    assert owner_of(planned.page("notice")) == "mass"
    assert not Page.objects.get(pk=page.pk).specific.permissions_for_user(officer).can_edit()
    assert "没有变化" in planned.sync(text)


def test_the_home_page_has_an_owner_too(planned):
    planned.sync(edited(("title: 首页, owners: [office]", "title: 首页, owners: [comp]")))
    assert owner_of(planned.page(Column.HOME)) == "comp"
    assert entry_of(planned.page(Column.HOME)).department.code == "comp"
    # The texts of shared columns are the home's owner's.
    assert owner_of(planned.page("notice")) == "comp"


def test_all_cannot_own_the_home_page(planned):
    with pytest.raises(CommandError, match=r"home\.owners"):
        planned.sync(edited(("title: 首页, owners: [office]", "title: 首页, owners: [all]")))
