"""What each post finds on its home, and what an editor does there with one click."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from page_types.models import ArticlePage
from page_types.organisation.models import Post, User
from page_types.organisation.services import appoint
from page_types.publication.models import Entry, Listing
from page_types.review import copies, services
from tests.access import forms

HOME = reverse("wagtailadmin_home")


def said(house, user, panel="today"):
    """The words of one panel of a person's home."""
    page = BeautifulSoup(house.client(user).get(HOME).content, "html.parser")
    found = page.find(attrs={"aria-labelledby": f"{panel}-heading"})
    return " ".join(found.get_text(" ", strip=True).split()) if found else None


def aged(page, days):
    """The page stands in its column's list since so many days."""
    Listing.objects.filter(entry_id=page.pk).update(shown_at=timezone.now() - timedelta(days=days))


@pytest.fixture
def overdue(house):
    """A column of department A, due every 14 days, last updated 20 days ago."""
    column = house.columns["news"]
    column.update_period_days = 14
    column.save()
    page = house.publish(house.draft(house.alice, "news", "上一条"), house.alice)
    aged(page, 20)
    return column


def test_an_officer_reads_which_column_he_owes(house, overdue):
    assert "您的栏目“体育要闻”已 20 天没有更新，更新周期 14 天" in said(house, house.alice)
    assert "距今 20 天" in said(house, house.alice, "my-columns")
    assert "体育要闻" not in said(house, house.bob)


def test_an_officer_reads_what_was_returned_to_him(house):
    page = house.draft(house.alice, "news", "要改的稿件")
    services.submit(page, house.alice)
    services.return_draft(house.state_of(page), house.rita, "请补充")
    assert "“要改的稿件”被退回" in said(house, house.alice)
    assert "要改的稿件" not in said(house, house.andy)


def test_a_reviewer_reads_how_many_wait_and_how_long(house):
    for title in ("甲", "乙"):
        page = house.draft(house.alice, "news", title)
        services.submit(page, house.alice)
    TaskState.objects.filter(pk=house.state_of(page).pk).update(
        started_at=timezone.now() - timedelta(days=2, hours=1)
    )
    assert "有 2 件稿件待您审核，最早的已等 2 天" in said(house, house.rita)
    assert "目前没有要办的事" in said(house, house.beate)
    assert "轮到您的环节时" in said(house, house.beate, "review-queue")


def test_the_office_sees_the_whole_bureau_and_nothing_twice(house, overdue):
    waiting = house.draft(house.alice, "news", "等办公室的稿件")
    services.submit(waiting, house.alice)
    house.pass_on(waiting, house.rita, house.lin)
    elsewhere = house.draft(house.bob, "policy", "等别人的稿件")
    services.submit(elsewhere, house.bob)
    home = house.client(house.olga).get(HOME).content.decode()
    assert home.count("等办公室的稿件") == home.count("等别人的稿件") == 1
    assert "群众体育处的“体育要闻”：20 天没有更新" in said(house, house.olga)
    assert "体育要闻" in said(house, house.olga, "behind")
    queue = house.client(house.olga).get(reverse("review:queue")).content.decode()
    assert queue.count("等办公室的稿件") == queue.count("等别人的稿件") == 1


def test_an_administrator_reads_which_posts_nobody_holds(house):
    User.objects.filter(pk=house.lu.pk).update(is_active=False)
    adam = User.objects.create(username="adam", last_name="亚")
    appoint(adam, Post.ADMINISTRATOR)
    assert "分管局领导·竞技体育处" in said(house, adam)
    assert said(house, adam, "vacancies").count("分管局领导") == 1


# -- 复制为新草稿 ------------------------------------------------------------------------------


def test_one_click_makes_a_draft_of_ones_own(house):
    page = house.publish(house.draft(house.alice, "news", "年度通知", summary="摘要"), house.alice)
    house.edit(page, house.alice, title="年度通知新稿")
    answer = house.client(house.andy).post(reverse("review:duplicate", args=[page.pk]))
    copy = ArticlePage.objects.get(draft_title="年度通知新稿（副本）")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert (copy.owner, copy.department, copy.live) == (house.andy, page.department, False)
    assert copy.get_parent().pk == page.get_parent().pk
    assert copy.slug and copy.slug != page.slug
    assert copy.get_latest_revision_as_object().summary == "摘要"
    assert (copy.go_live_at, copy.expire_at, copy.current_workflow_state) == (None, None, None)
    assert not Entry.objects.filter(pk=copy.pk).exists()
    again = copies.duplicate(copy, house.andy)
    assert again.draft_title == "年度通知新稿（副本2）"
    house.publish(copy, house.andy)  # it can go its way like any other


def test_a_copy_is_made_only_where_one_may_draft(house):
    page = house.draft(house.alice, "news", "甲处的稿件")
    for user in (house.bob, house.rita, house.olga):
        answer = house.client(user).post(reverse("review:duplicate", args=[page.pk]))
        assert answer.status_code in (302, 403, 404)
        with pytest.raises(PermissionDenied):
            copies.duplicate(page, user)
    assert not Page.objects.filter(draft_title__contains="副本").exists()
    column = house.pages["news"]
    button = reverse("review:duplicate", args=[column.pk])
    listing = house.client(house.alice).get(reverse("wagtailadmin_explore", args=[column.pk]))
    assert reverse("review:duplicate", args=[page.pk]) in listing.content.decode()
    assert button not in listing.content.decode()


# -- the editor --------------------------------------------------------------------------------


def test_going_back_to_an_earlier_version_makes_a_new_draft_only(house):
    page = house.publish(house.draft(house.alice, "news", "第一版"), house.alice)
    public = Entry.objects.get(pk=page.pk)
    first = page.revisions.order_by("pk").first()
    house.edit(page, house.alice, title="第二版")
    client = house.client(house.alice)
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "恢复到此版本" in history
    back = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert "恢复到此版本" in client.get(back).content.decode()
    form = forms.article("第一版", slug=page.slug) | {"revision": str(first.pk)}
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.get_latest_revision().object_str == "第一版"
    assert page.latest_revision_id != first.pk
    assert page.has_unpublished_changes
    assert Entry.objects.get(pk=page.pk).text_id == public.text_id


def test_the_side_panel_calls_a_returned_text_returned(house):
    page = house.draft(house.alice, "news", "退回的稿件")
    services.submit(page, house.alice)
    state = house.state_of(page)
    services.return_draft(state, house.rita, "请补充")
    client = house.client(house.alice)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "李塔在“处室审核”退回，修改后请重新送审" in editor
    assert "任何人都可以编辑" not in editor and "已请求修改" not in editor
    assert editor.count(reverse("review:screen", args=[state.pk])) >= 2  # panel and menu


def test_nobody_is_offered_a_column_as_a_new_page(house):
    url = reverse("wagtailadmin_pages:add_subpage", args=[house.pages["news"].pk])
    for user in (house.alice, house.admin):
        answer = house.client(user).get(url, follow=True).content.decode()
        assert "栏目页" not in answer
    place = ["page_types", "columnpage", house.pages["news"].pk]
    add = reverse("wagtailadmin_pages:add", args=place)
    assert house.client(house.alice).get(add).status_code != 200


def test_two_officers_see_each_other_in_the_editor(house):
    page = house.draft(house.alice, "news", "两人同改")
    for user in (house.alice, house.andy):
        client = house.client(user)
        editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        session = editor.context["editing_sessions"].current_session
        ping = reverse(
            "wagtailadmin_editing_sessions:ping",
            args=["page_types", "articlepage", page.pk, session.pk],
        )
        answer = client.post(ping, {"is_editing": "1"})
    assert "安丽" in answer.json()["html"]
    stranger = house.client(house.bob).post(ping)
    assert stranger.status_code == 404
