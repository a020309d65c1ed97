"""Author A looks for B's drafts in every list and screen of the admin (gate.md, section 4)."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from page_types.review import services

SECRET = "乙处机密草稿"


@pytest.fixture
def foreign(house):
    """A draft of B in a column that both share, in review."""
    page = house.draft(house.bob, "notice", SECRET)
    services.submit(page, house.bob)
    return page


@pytest.fixture
def mine(house):
    return house.draft(house.alice, "notice", "甲处草稿")


def addresses(house, page):
    """Every admin address that could show the page, with its query."""
    notice, pk = house.pages["notice"].pk, page.pk
    revision = page.latest_revision_id
    at = lambda name, *args: reverse(name, args=args)  # noqa: E731
    pages = "wagtailadmin_pages:"
    return [
        at("wagtailadmin_explore", notice),
        at("wagtailadmin_explore", pk),
        at("wagtailadmin_explore_results", notice) + "?q=机密",
        at(pages + "search") + "?q=机密",
        at(pages + "type_use", "page_types", "articlepage"),
        at(pages + "edit", pk),
        at(pages + "view_draft", pk),
        at(pages + "preview_on_edit", pk),
        at(pages + "history", pk),
        at(pages + "usage", pk),
        at(pages + "copy", pk),
        at(pages + "move", pk),
        at(pages + "move_confirm", pk, house.pages["news"].pk),
        at(pages + "delete", pk),
        at(pages + "revisions_view", pk, revision),
        at(pages + "revisions_revert", pk, revision),
        at(pages + "revisions_compare", pk, "earliest", "latest"),
        at(pages + "workflow_history", pk),
        at(pages + "workflow_preview", pk, house.state_of(page).task_id),
        at(pages + "workflow_action", pk, "approve", house.state_of(page).pk),
        at(pages + "confirm_workflow_cancellation", pk),
        at("wagtailadmin_choose_page"),
        at("wagtailadmin_choose_page_child", notice),
        at("wagtailadmin_choose_page_child", pk),
        at("wagtailadmin_choose_page_search") + "?q=机密",
        at("wagtailadmin_choose_page_chosen_multiple") + f"?id={pk}",
        f"/admin/api/main/pages/?child_of={notice}&for_explorer=1",
        f"/admin/api/main/pages/{pk}/",
        "/admin/api/main/images/",
        "/admin/api/main/documents/",
        at("wagtailadmin_reports:workflow"),
        at("wagtailadmin_reports:workflow_tasks"),
        at("wagtailadmin_reports:site_history"),
        at("wagtailadmin_reports:page_types_usage"),
        at("wagtailadmin_reports:aging_pages"),
        *(
            f"/admin/bulk/wagtailcore/page/{action}/?{query}"
            for action in ("delete", "move", "publish", "unpublish")
            for query in (f"id={pk}", f"id=all&childOf={notice}", f"id=all&childOf={pk}")
        ),
        reverse("wagtailadmin_home"),
        reverse("review:queue"),
        reverse("review:screen", args=[house.state_of(page).pk]),
        reverse("review:preview", args=[house.state_of(page).pk]),
    ]


def test_no_address_shows_a_foreign_draft(house, foreign, mine):
    for user in (house.alice, house.rita):
        client = house.client(user)
        for url in addresses(house, foreign):
            answer = client.get(url)
            assert answer.status_code in (200, 302, 403, 404), url
            if hasattr(answer, "content"):
                assert SECRET not in answer.content.decode(), url


def test_own_work_is_reachable(house, mine):
    client = house.client(house.alice)
    services.submit(mine, house.alice)
    reached = {
        url: client.get(url).status_code
        for url in addresses(house, mine)
        if "/admin/review/" not in url
    }
    for name in ("edit", "history", "view_draft", "revisions_compare"):
        args = [mine.pk] if name != "revisions_compare" else [mine.pk, "earliest", "latest"]
        assert reached[reverse(f"wagtailadmin_pages:{name}", args=args)] == 200, name
    explorer = client.get(reverse("wagtailadmin_explore", args=[house.pages["notice"].pk]))
    assert "甲处草稿" in explorer.content.decode()
    chooser = client.get(reverse("wagtailadmin_choose_page_child", args=[house.pages["notice"].pk]))
    assert "甲处草稿" in chooser.json()["html"]


def test_bureau_wide_posts_see_all(house, foreign, mine):
    for user in (house.olga, house.cai, house.admin):
        shown = house.client(user).get(
            reverse("wagtailadmin_explore", args=[house.pages["notice"].pk])
        )
        assert SECRET in shown.content.decode() and "甲处草稿" in shown.content.decode()


def test_chooser_offers_public_pages_of_others(house, mine):
    page = house.publish(house.draft(house.bob, "notice", "乙处公开"), house.bob)
    house.edit(page, house.bob, title="乙处改稿")
    client = house.client(house.alice)
    shown = client.get(
        reverse("wagtailadmin_choose_page_child", args=[house.pages["notice"].pk])
    ).json()["html"]
    assert "乙处公开" in shown and "乙处改稿" not in shown
    chosen = client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": page.pk})
    assert "乙处公开" in chosen.json()["result"][0]["adminTitle"]
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302


@pytest.mark.parametrize("name", ["wagtailadmin_choose_page_chosen_multiple", "bulk"])
def test_a_number_that_is_none_is_not_found(house, name):
    url = "/admin/bulk/wagtailcore/page/delete/" if name == "bulk" else reverse(name)
    for user in (house.alice, house.admin):
        assert house.client(user).get(url, {"id": "abc"}).status_code == 404


def test_bulk_actions_do_nothing_to_foreign_or_public_pages(house, foreign, mine):
    public = house.publish(house.draft(house.alice, "quick", "公开"), house.alice)
    for user in (house.alice, house.admin):
        client = house.client(user)
        for action in ("delete", "publish", "unpublish"):
            client.post(
                f"/admin/bulk/wagtailcore/page/{action}/?id=all&childOf={house.pages['quick'].pk}"
            )
            client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={foreign.pk}")
    assert Page.objects.filter(pk=foreign.pk, live=False).exists()
    assert Page.objects.filter(pk=public.pk, live=True).exists()
