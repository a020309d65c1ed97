"""The rows of the audit trail: what waits for its number, the entries, network addresses apart."""

import json

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models.events import AppendOnly


class Kind(models.TextChoices):
    """What sort of act: the coarse filter of the screen."""

    REVIEW = "review", _("审核")
    CHECK = "check", _("发布检查")
    LEDGER = "ledger", _("公开")
    TEXT = "text", _("稿件")
    PERMISSION = "permission", _("人员与权限")
    SIGN_IN = "sign_in", _("登录")
    EXPORT = "export", _("导出")
    FILE = "file", _("文件")
    PLAN = "plan", _("栏目规划")
    AUDIT = "audit", _("审计")
    OTHER = "other", _("其他")


class Source(models.TextChoices):
    """The row that an entry tells of, if there is one; the two are compared for ever."""

    NONE = "", _("无")
    PAGE_LOG = "page_log", _("页面日志")
    MODEL_LOG = "model_log", _("对象日志")
    EVENT = "event", _("发布事件")


class Act(models.Model):
    """What was done, by whom, to what. People and objects by number and by their names of then:

    no foreign keys, so that nothing that is deleted or renamed later changes an entry. `data` is
    canonical JSON as text: PostgreSQL's own JSON type would rewrite numbers, and the HMAC is of
    the very bytes.
    """

    at = models.DateTimeField(_("时间"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    action = models.CharField(_("操作"), max_length=255)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(_("人员"), max_length=320, blank=True)
    object_type = models.CharField(max_length=120, blank=True)
    object_id = models.CharField(max_length=255, blank=True)
    label = models.TextField(_("对象"), blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name=_("部门")
    )
    data = models.TextField(default="{}")
    source = models.CharField(max_length=12, choices=Source.choices, blank=True)
    source_id = models.BigIntegerField(null=True)
    source_digest = models.CharField(max_length=64, blank=True)
    adopted = models.BooleanField(
        default=False, help_text=_("审计启用以前的记录，启用时补入，不能证明此前未被改动")
    )

    class Meta:
        abstract = True

    @property
    def facts(self):
        """`data` as a dictionary."""
        return json.loads(self.data)


class AuditOutbox(Act):
    """An act that has no number yet; written in the transaction of the act itself."""

    address = models.GenericIPAddressField(null=True)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("待编号的审计记录")

    def __str__(self):
        return f"{self.action} {self.label}"


class AuditEntry(AppendOnly, Act):
    """审计记录: numbered without gaps from 1, each chained to the one before it.

    `mac` is an HMAC of every other field, `previous` among them.
    """

    number = models.BigIntegerField(primary_key=True)
    entered_at = models.DateTimeField(_("编号时间"))
    address_mac = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=16)
    previous = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)

    class Meta(AppendOnly.Meta):
        verbose_name = _("审计记录")
        ordering = ["number"]
        indexes = [
            # Not unique: a forged second row must be a finding, not the end of all numbering.
            models.Index(fields=["source", "source_id"], name="audit_by_source"),
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["department", "number"], name="audit_by_department"),
            models.Index(fields=["user_id", "number"], name="audit_by_user"),
            models.Index(fields=["action", "number"], name="audit_by_action"),
            models.Index(fields=["kind", "number"], name="audit_by_kind"),
        ]

    def __str__(self):
        return f"{self.number} {self.action} {self.label}"


class AuditAddress(models.Model):
    """The network address of an entry, kept apart so that it can be erased after its time.

    The entry itself holds an HMAC of it: erasing breaks no chain, changing it is seen.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    address = models.GenericIPAddressField()

    def __str__(self):
        return f"{self.number}: {self.address}"
