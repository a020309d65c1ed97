"""Menu items and log actions; imported by the room's `wagtail_hooks`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from page_types.organisation.duties import duties_of
from page_types.review.follow_up import looking


class FollowUpMenuItem(MenuItem):
    """Shown to everybody with a post over some department."""

    def is_shown(self, request):
        duties = duties_of(request.user)
        return bool(duties.departments or duties.sees_all)


@hooks.register("register_admin_menu_item")
def live_pages_item():
    return FollowUpMenuItem(
        _("发布后检查"), reverse("review:live_pages"), name="live-pages", icon_name="view", order=57
    )


@hooks.register("register_admin_menu_item")
def reporting_item():
    return FollowUpMenuItem(
        _("规范性文件报送"),
        reverse("review:reporting"),
        name="reporting",
        icon_name="doc-full-inverse",
        order=58,
    )


@hooks.register("register_log_actions")
def in_the_log(actions):
    actions.register_action(looking.CONFIRMED, _("发布后确认"), _("打开公开页面核对，确认无误"))

    class Problem(LogFormatter):
        label = _("发布后发现问题")

        def format_message(self, log_entry):
            return _("发布后发现问题：%(remark)s") % {"remark": log_entry.data.get("remark", "")}

    actions.register_action(looking.PROBLEM_FOUND)(Problem)
