"""The log actions of a record's review, and the desk of imports."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from extensions.base.records.history_desk import page_history
from extensions.base.records.importing import desk


@hooks.register("register_admin_urls")
def import_urls():
    return [
        path("records/imports/", include(desk)),
        path("records/pages/<int:pk>/history/", page_history, name="records_page_history"),
    ]


@hooks.register("register_page_header_buttons")
def timeline_button(page, user, next_url=None, view_name=None):
    """Beside a page's other acts: its timeline, drafts, log and review in one."""
    if page.pk and not page.is_root():
        url = reverse("records_page_history", args=[page.pk])
        yield Button(_("时间线"), url, icon_name="history", priority=95)


class ImportsMenuItem(MenuItem):
    """Shown to those who may import something."""

    def is_shown(self, request):
        return desk.may_enter(request.user)


@hooks.register("register_admin_menu_item")
def import_menu_item():
    return ImportsMenuItem(
        _("表格导入"), reverse("records_imports:index"), name="imports", icon_name="upload",
        order=75,
    )  # fmt: skip


@hooks.register("register_log_actions")
def log_actions(actions):
    for action, label, message in (
        ("base.submit", _("送审"), _("送审")),
        ("base.approve", _("批准"), _("批准")),
        ("base.return", _("退回"), _("退回")),
        ("base.cancel", _("撤回送审"), _("撤回了送审")),
    ):
        actions.register_action(action, label, message)
