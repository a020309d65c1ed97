"""The menu item and the log action; imported by the room's `wagtail_hooks`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from page_types.organisation.duties import duties_of
from page_types.review.scheduled.services import ACTION


class ScheduledMenuItem(MenuItem):
    """Shown to whoever has texts that could wait: everybody with a post over some department."""

    def is_shown(self, request):
        duties = duties_of(request.user)
        return bool(duties.departments or duties.sees_all)


@hooks.register("register_admin_menu_item")
def menu_item():
    return ScheduledMenuItem(
        _("定时"), reverse("review:scheduled"), name="scheduled", icon_name="date", order=55
    )


@hooks.register("register_log_actions")
def in_the_log(actions):
    actions.register_action(ACTION, _("取消定时"), _("取消了定时发布或到期撤下"))
