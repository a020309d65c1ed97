"""Wagtail reads this module for its hooks."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from page_types import compose, due_panel
from page_types.micropost import MicropostPage
from page_types.publication.addresses import path_of_page, with_place


@hooks.register("construct_explorer_page_queryset")
def addresses_in_one_query(parent_page, pages, request):
    """Core asks each row for its address; ours come along with the rows."""
    return with_place(pages)


@hooks.register("register_admin_urls")
def compose_screen():
    return [
        path("compose/micropost/", compose.choose_page, name="choose_page_for_micropost"),
        path(
            "compose/micropost/<int:page_id>/", compose.compose_micropost, name="compose_micropost"
        ),
    ]


def _choose_button(page, user, priority):
    """On a new-media column: other departments' pages are not in the user's own lists."""
    if any(column.page_id == page.pk for column, _department in compose.columns_for(user)):
        yield Button(
            _("由公开页面写成政务新媒体信息"),
            reverse("choose_page_for_micropost"),
            icon_name="mail",
            priority=priority,
        )


def _compose_button(page, user, priority):
    if isinstance(page, MicropostPage) or page.depth < 3 or path_of_page(page) is None:
        return
    if getattr(page.specific_deferred, "is_column_text", True) or not compose.columns_for(user):
        return
    yield Button(
        _("写成政务新媒体信息"),
        reverse("compose_micropost", args=[page.pk]),
        icon_name="mail",
        priority=priority,
    )


@hooks.register("register_page_header_buttons")
def compose_from_header(page, user, view_name, next_url=None):
    yield from _compose_button(page, user, 70)
    yield from _choose_button(page, user, 70)


@hooks.register("register_page_listing_more_buttons")
def compose_from_listing(page, user, next_url=None):
    yield from _compose_button(page, user, 60)


@hooks.register("construct_homepage_panels")
def republications_due(request, found):
    if due_panel.watches_the_clock(request.user):
        found.append(due_panel.DuePanel(due_panel.due_lines(request.user)))
