"""Wagtail reads this module for its hooks: the desk and its menu item."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from extensions.subscriptions import desk


@hooks.register("register_admin_urls")
def desk_urls():
    return [path("subscriptions/", include(desk))]


class SubscriptionsMenuItem(MenuItem):
    """Shown to those who may see the counts."""

    def is_shown(self, request):
        return desk.may_enter(request.user)


@hooks.register("register_reports_menu_item")
def menu_item():
    return SubscriptionsMenuItem(
        _("邮件订阅"), reverse("subscriptions_desk:index"), name="subscriptions", icon_name="mail",
        order=900,
    )  # fmt: skip
