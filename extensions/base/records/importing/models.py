"""A sheet on its way in."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department


def _token():
    return uuid4().hex


class SheetImport(models.Model):
    """表格导入: an uploaded sheet, what was found in it, what became of it.

    The file lies encrypted in a private folder under `token` (`storage`) until it is imported,
    discarded or expired; the row stays. `seen` is the digest of what the preview showed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待检查")
        CHECKING = "checking", _("正在检查")
        REFUSED = "refused", _("无法读取")
        READY = "ready", _("待确认")
        ACCEPTED = "accepted", _("等待导入")
        IMPORTING = "importing", _("正在导入")
        DONE = "done", _("已导入")
        DISCARDED = "discarded", _("已放弃")
        EXPIRED = "expired", _("已过期")

    importer = models.CharField(max_length=60)
    filename = models.CharField(_("文件"), max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("部门")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    at = models.DateTimeField(_("上传时间"))
    expires = models.DateTimeField(_("保留至"))
    token = models.CharField(max_length=32, unique=True, default=_token, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    began = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    layout = models.CharField(_("格式"), max_length=100, blank=True)
    ignored = models.JSONField(default=list)
    given = models.PositiveIntegerField(_("行数"), default=0)
    new = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("变更"), default=0)
    identical = models.PositiveIntegerField(_("相同"), default=0)
    wrong = models.PositiveIntegerField(_("错误"), default=0)
    seen = models.CharField(max_length=64, blank=True)
    message = models.TextField(blank=True)

    class Meta:
        verbose_name = _("表格导入")
        verbose_name_plural = _("表格导入")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"])]
        default_permissions = ()

    def __str__(self):
        return self.filename

    @property
    def is_working(self):
        """Whether something is still to be done without the user."""
        state = self.State
        return self.state in (state.WAITING, state.CHECKING, state.ACCEPTED, state.IMPORTING)

    @property
    def accepted(self):
        """Rows without a problem."""
        return self.new + self.changed + self.identical

    @property
    def writes(self):
        """Rows that the import would save."""
        return self.new + self.changed
