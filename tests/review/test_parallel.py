"""Two officers open one text and both save: the second is told, nothing is lost."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from page_types.review import rules, services
from tests.access import forms
from tests.houses import SECRECY, declared


@pytest.fixture
def page(house):
    return house.draft(house.alice, "news", "原稿")


def opened(house, user, page):
    """(client, the hidden fields of the form as the user's browser has them)."""
    client = house.client(user)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    shown = BeautifulSoup(editor.content, "html.parser")
    names = ("loaded_revision_id", "loaded_revision_created_at")
    return client, {name: shown.find("input", {"name": name})["value"] for name in names}


def save(client, page, title, hidden, **more):
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        forms.article(title, slug=page.slug, **more) | declared() | hidden,
        follow=True,
    )


def titles(page):
    """Titles of all versions, the newest first."""
    return list(page.revisions.order_by("-created_at", "-pk").values_list("object_str", flat=True))


def newest(page):
    return Page.objects.get(pk=page.pk).get_latest_revision().object_str


def test_both_versions_are_kept_and_shown(house, page):
    alice, hers = opened(house, house.alice, page)
    andy, his = opened(house, house.andy, page)
    save(alice, page, "安丽的稿件", hers)
    told = save(andy, page, "安第的稿件", his, action="action-submit")
    shown = told.content.decode()
    assert "两人同时修改了这份稿件" in shown and "安丽" in shown
    assert "安丽的稿件" in shown and "安第的稿件" in shown
    assert newest(page) == "安丽的稿件" and titles(page) == ["安丽的稿件", "安第的稿件", "原稿"]
    assert Page.objects.get(pk=page.pk).current_workflow_state is None
    assert house.andy.pk in rules.people_with_a_hand([page.pk])[page.pk]
    history = andy.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "文本另存于此" in history
    choice = told.request["PATH_INFO"]
    assert house.client(house.bob).get(choice).status_code in (302, 403)

    kept = andy.post(choice, {"action": "theirs"}, follow=True).content.decode()
    assert "已保留对方的文本" in kept and newest(page) == "安丽的稿件"
    seen = BeautifulSoup(andy.get(choice).content, "html.parser").find("input", {"name": "seen"})
    save(alice, page, "安丽又改了", opened(house, house.alice, page)[1])
    again = andy.post(choice, {"action": "mine", "seen": seen["value"]}, follow=True)
    assert "又保存了新的版本" in again.content.decode() and newest(page) == "安丽又改了"
    seen = BeautifulSoup(again.content, "html.parser").find("input", {"name": "seen"})
    andy.post(choice, {"action": "mine", "seen": seen["value"]})
    assert newest(page) == "安第的稿件" and "安丽又改了" in titles(page)
    services.submit(
        Page.objects.get(pk=page.pk).specific, house.andy, secrecy=SECRECY, reasons="已核对"
    )


def test_the_other_has_submitted_meanwhile(house, page):
    _alice, hers = opened(house, house.alice, page)
    andy, his = opened(house, house.andy, page)
    save(house.client(house.alice), page, "送审的稿件", hers, action="action-submit")
    told = save(andy, page, "安第的稿件", his)
    assert "现稿已送审" in told.content.decode() and "安第的稿件" in titles(page)
    seen = BeautifulSoup(told.content, "html.parser").find("input", {"name": "seen"})["value"]
    refused = andy.post(told.request["PATH_INFO"], {"action": "mine", "seen": seen}, follow=True)
    assert "请先撤回送审" in refused.content.decode() and newest(page) == "送审的稿件"
    state = house.state_of(page)
    assert services.may_approve(state, house.rita) == (True, "")
    assert state.revision.object_str == "送审的稿件"


def test_autosave_in_place_counts_as_a_save_of_the_other(house, page):
    """The revision keeps its number when autosave writes over it."""
    alice, hers = opened(house, house.alice, page)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    json = {"HTTP_ACCEPT": "application/json"}
    first = alice.post(url, forms.article("安丽一", slug=page.slug) | hers, **json).json()
    andy, his = opened(house, house.andy, page)
    over = {**hers, "overwrite_revision_id": first["revision_id"]}
    second = alice.post(url, forms.article("安丽二", slug=page.slug) | over, **json).json()
    assert first["revision_id"] == second["revision_id"]
    assert andy.post(url, forms.article("丙", slug=page.slug) | his, **json).status_code == 400
    assert "两人同时" in save(andy, page, "安第的稿件", his).content.decode()
    assert newest(page) == "安丽二" and "安第的稿件" in titles(page)


def test_a_form_with_mistakes_stays_the_older_one(house, page):
    """Correcting the mistake does not turn it into a form that was opened just now."""
    _alice, hers = opened(house, house.alice, page)
    andy, his = opened(house, house.andy, page)
    save(house.client(house.alice), page, "安丽的稿件", hers)
    wrong = save(andy, page, "安第的稿件", {**his, "slug": "不 能 用"})
    shown = BeautifulSoup(wrong.content, "html.parser")
    again = {name: shown.find("input", {"name": name})["value"] for name in his}
    assert again == his
    save(andy, page, "安第的稿件", again)
    assert newest(page) == "安丽的稿件" and "安第的稿件" in titles(page)


def test_one_alone_is_not_bothered(house, page):
    alice, hers = opened(house, house.alice, page)
    save(alice, page, "第一次", hers)
    save(alice, page, "第二次", opened(house, house.alice, page)[1])
    assert titles(page) == ["第二次", "第一次", "原稿"]
    assert not PageLogEntry.objects.filter(action="review.set_aside").exists()
