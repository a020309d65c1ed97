"""Wagtail reads this module for its hooks."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import (
    ActionMenuItem,
    PageLockedMenuItem,
    SaveDraftMenuItem,
    SubmitForModerationMenuItem,
)
from wagtail.admin.menu import MenuItem

from page_types.organisation.duties import duties_of
from page_types.review import panels, policy, urls


@hooks.register("register_admin_urls")
def screens():
    return [path("review/", include(urls))]


@hooks.register("insert_global_admin_css")
def without_script():
    """Core's sidebar is built by script; without it, it is a bar over the text on a phone."""
    return format_html(
        '<noscript><link rel="stylesheet" href="{}"></noscript>', static("review/noscript.css")
    )


@hooks.register("construct_homepage_panels")
def home_panels(request, found):
    found[:] = [panel for panel in found if not isinstance(panel, panels.REPLACED)]
    found += panels.panels_for(request.user)


class ReviewMenuItem(MenuItem):
    """Shown to those who have something to review by their posts."""

    def is_shown(self, request):
        duties = duties_of(request.user)
        return bool(duties.reviewer_of or duties.leads or duties.sees_all)


@hooks.register("register_admin_menu_item")
def menu_item():
    return ReviewMenuItem(
        _("待我审核"), reverse("review:queue"), name="review", icon_name="tasks", order=50
    )


@hooks.register("construct_main_menu")
def fewer_items(request, items):
    """Reports look over the whole bureau, help leads away from it: not an officer's concern."""
    if not (request.user.is_superuser or duties_of(request.user).sees_all):
        items[:] = [item for item in items if item.name not in ("reports", "help")]


@hooks.register("construct_settings_menu")
def no_chains(request, items):
    """Chains are the plan's (`columns.yaml`); core's screens for them are closed by the guard."""
    items[:] = [item for item in items if item.name not in ("workflows", "workflow-tasks")]


class SeeReviewMenuItem(ActionMenuItem):
    """From the editor to the review screen of a page in review."""

    name = "action-see-review"
    label = _("查看审核进度")
    icon_name = "tasks"

    def is_shown(self, context):
        return bool(context.get("page") and context["page"].current_workflow_task_state)

    def get_url(self, parent_context):
        return reverse(
            "review:screen", args=[parent_context["page"].current_workflow_task_state.pk]
        )


KEPT = (SaveDraftMenuItem, SubmitForModerationMenuItem, PageLockedMenuItem, SeeReviewMenuItem)


@hooks.register("construct_page_action_menu")
def save_and_submit_only(items, request, context):
    """Approving belongs to the review screen, publishing to nobody; core offers both here."""
    item = SeeReviewMenuItem(order=70)
    if item.is_shown(context):
        items.append(item)
    items[:] = [item for item in items if isinstance(item, KEPT)]


@hooks.register("construct_page_chooser_queryset")
def chooser(pages, request):
    """Core offers every page, other departments' drafts included."""
    return pages.filter(policy.linkable(request.user))
