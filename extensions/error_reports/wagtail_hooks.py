"""Wagtail reads this module for its hooks: the desk, its menu item, the home's panel, the log."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter

from extensions.error_reports import desk, services

SHOWN = 10


@hooks.register("register_admin_urls")
def desk_urls():
    return [path("error-reports/", include(desk))]


class ErrorReportsMenuItem(MenuItem):
    """Shown to those who deal with reports."""

    def is_shown(self, request):
        return desk.may_enter(request.user)


@hooks.register("register_admin_menu_item")
def menu_item():
    return ErrorReportsMenuItem(
        _("网站找错"), reverse("error_reports:index"), name="error-reports", icon_name="warning",
        order=60,
    )  # fmt: skip


class WaitingReports(Component):
    """What the user must pass on or answer now."""

    order = 15
    template_name = "ext_error_reports/admin/panel.html"

    def __init__(self, reports):
        self.reports = reports

    def get_context_data(self, parent_context):
        total = len(self.reports)
        return {
            "lines": self.reports[:SHOWN],
            "total": total,
            "more": max(0, total - SHOWN),
        }


@hooks.register("construct_homepage_panels")
def home_panel(request, panels):
    if desk.may_enter(request.user):
        waiting = list(services.waiting_for(request.user))
        if waiting or services.watches(request.user):
            panels.append(WaitingReports(waiting))


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("error_reports.report", _("收到"), _("收到找错"))
    actions.register_action("error_reports.answer", _("答复"), _("答复了找错"))

    @actions.register_action("error_reports.pass_on")
    class PassedOn(LogFormatter):
        label = _("转办")

        def format_message(self, entry):
            return _("转给%(department)s承办") % {"department": entry.data.get("to", "")}
