"""The menu item and the way to a page's course; imported by the room's `wagtail_hooks`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button


@hooks.register("register_admin_menu_item")
def menu_item():
    """For all staff: each sees the entries of his own departments."""
    return MenuItem(
        _("审计记录"), reverse("review:audit"), name="audit", icon_name="history", order=900
    )


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def course_button(page, user, view_name="", next_url=None):
    """Core lists only pages that the user may see; the screen asks again."""
    if page.depth > 1:
        url = reverse("review:page_course", args=[page.pk])
        yield Button(_("办理经过"), url, icon_name="history", priority=75)
