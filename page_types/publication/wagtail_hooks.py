"""Wagtail reads this module for its hooks."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from page_types.publication import announcement_views, links
from page_types.publication.announcements import may_speak


@hooks.register("register_rich_text_features", order=100)
def link_handlers(features):
    links.register(features)


@hooks.register("register_admin_urls")
def announcement_screens():
    return [path("announcements/", include(announcement_views))]


class AnnouncementsMenuItem(MenuItem):
    """Shown to those who may speak for the whole site."""

    def is_shown(self, request):
        return may_speak(request.user)


@hooks.register("register_settings_menu_item")
def announcements_menu_item():
    return AnnouncementsMenuItem(
        _("全站公告"), reverse("announcements:index"), name="announcements", icon_name="warning",
        order=50,
    )  # fmt: skip
