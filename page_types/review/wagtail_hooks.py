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
from wagtail.admin.widgets.button import Button

from page_types.organisation.duties import duties_of
from page_types.review import handover, panels, policy, urls
from page_types.review.audit import hooks as audit_hooks  # noqa: F401  Wagtail calls them
from page_types.review.checks import hooks as checks_hooks  # noqa: F401  Wagtail calls them
from page_types.review.correction.button import SubmitCorrectionMenuItem
from page_types.review.deputies import hooks as deputies_hooks  # noqa: F401  Wagtail calls them
from page_types.review.follow_up import hooks as follow_up_hooks  # noqa: F401  Wagtail calls them
from page_types.review.measures import hooks as measures_hooks  # noqa: F401  Wagtail calls them
from page_types.review.notices import hooks as notices_hooks  # noqa: F401  Wagtail calls them
from page_types.review.parallel import hooks as parallel_hooks  # noqa: F401  Wagtail calls them
from page_types.review.remarks import hooks as remarks_hooks  # noqa: F401  Wagtail calls them
from page_types.review.reports import hooks as reports_hooks  # noqa: F401  Wagtail calls them
from page_types.review.scheduled import hooks as scheduled_hooks  # noqa: F401  Wagtail calls them


@hooks.register("register_admin_urls")
def screens():
    return [path("review/", include(urls))]


@hooks.register("insert_global_admin_css")
def without_script():
    """Core's sidebar is built by script; without it, it is a bar over the text on a phone."""
    return format_html(
        '<noscript><link rel="stylesheet" href="{}"></noscript>', static("review/noscript.css")
    )


@hooks.register("insert_editor_js")
def count_while_typing():
    return format_html('<script src="{}"></script>', static("review/count.js"))


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


class HandoverMenuItem(MenuItem):
    """Shown to administrators."""

    def is_shown(self, request):
        return handover.may_hand_over(request.user)


@hooks.register("register_settings_menu_item")
def handover_item():
    return HandoverMenuItem(
        _("人员交接"), reverse("review:handovers"), name="handover", icon_name="user", order=610
    )


@hooks.register("register_user_listing_buttons")
def handover_button(user, request_user):
    if user.is_active and handover.may_hand_over(request_user):
        yield Button(_("交接"), reverse("review:handover", args=[user.pk]), icon_name="user")


@hooks.register("register_log_actions")
def handover_in_the_log(actions):
    actions.register_action(handover.ACTION, _("交接"), _("岗位交接"))


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def duplicate_button(page, user, view_name="", next_url=None):
    """One click: core's controller posts it; without script the link asks first."""
    if page.permissions_for_user(user).can_copy():
        url = reverse("review:duplicate", args=[page.pk])
        yield Button(
            _("复制为新草稿"),
            url,
            icon_name="copy",
            priority=18,
            attrs={
                "data-controller": "w-action",
                "data-action": "w-action#post:prevent",
                "data-w-action-url-value": url,
            },
        )


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
        return bool(context.get("page") and self._step(context))

    def get_url(self, parent_context):
        return reverse("review:screen", args=[self._step(parent_context)])

    def _step(self, context):
        """The step of the review, also of a returned one, for which core knows no task state."""
        review = context["page"].current_workflow_state
        return review and review.current_task_state_id


KEPT = (
    SaveDraftMenuItem,
    SubmitForModerationMenuItem,
    SubmitCorrectionMenuItem,
    PageLockedMenuItem,
    SeeReviewMenuItem,
)


@hooks.register("construct_page_action_menu")
def save_and_submit_only(items, request, context):
    """Approving belongs to the review screen, publishing to nobody; core offers both here."""
    for item in (SubmitCorrectionMenuItem(order=65), SeeReviewMenuItem(order=70)):
        if item.is_shown(context):
            items.append(item)
    items[:] = [item for item in items if isinstance(item, KEPT)]


@hooks.register("construct_page_chooser_queryset")
def chooser(pages, request):
    """Core offers every page, other departments' drafts included."""
    return pages.filter(policy.linkable(request.user))
