"""Wagtail reads this module for its hooks: the desk, its menu item, the log."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from extensions.manuscripts import desk, services


@hooks.register("register_admin_urls")
def desk_urls():
    return [path("manuscripts/", include(desk))]


class ManuscriptsMenuItem(MenuItem):
    """Shown to those who write, decide on or send manuscripts."""

    def is_shown(self, request):
        return services.may_enter(request.user)


@hooks.register("register_admin_menu_item")
def menu_item():
    return ManuscriptsMenuItem(
        _("上报稿件"), reverse("manuscripts:index"), name="manuscripts", icon_name="doc-full",
        order=65,
    )  # fmt: skip


@hooks.register("register_log_actions")
def log_actions(actions):
    for action, label, message in (
        ("manuscripts.assign", _("布置"), _("布置了上报稿件")),
        ("manuscripts.write", _("起草"), _("修改了上报稿件")),
        ("manuscripts.send", _("报送"), _("登记了报送")),
        ("manuscripts.outcome", _("采用"), _("登记了采用情况")),
        ("manuscripts.drop", _("停止"), _("决定不再报送")),
    ):
        actions.register_action(action, label, message)
