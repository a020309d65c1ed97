"""What the editor says of a page in review."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    """Core says that reviewers can edit; here nobody can: what was read is what is sealed."""

    def get_message(self, user):
        return format_html(
            _("稿件正在“{step}”。审核期间任何人都不能修改；要修改，请先撤回送审。"),
            step=self.task.name,
        )

    def get_locked_by(self, user, can_lock=False):
        return _("审核中")

    def get_description(self, user, can_lock=False):
        return _("审核期间任何人都不能修改")

    def get_icon(self, user, can_lock=False):
        return "lock"
