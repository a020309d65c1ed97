"""The log actions of a record's review."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions):
    for action, label, message in (
        ("base.submit", _("送审"), _("送审")),
        ("base.approve", _("批准"), _("批准")),
        ("base.return", _("退回"), _("退回")),
        ("base.cancel", _("撤回送审"), _("撤回了送审")),
    ):
        actions.register_action(action, label, message)
