"""Error reports: what was found where, who has it now, what was answered and when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models import Column


class ErrorReport(models.Model):
    """找错. Changed by `services.py` alone; never deleted, its contact data erased in time."""

    class Kind(models.TextChoices):
        MISSPELT = "misspelt", _("错别字")
        LINK = "link", _("链接打不开")
        OUTDATED = "outdated", _("内容过期")
        WRONG = "wrong", _("内容有误")
        ACCESSIBILITY = "accessibility", _("无障碍问题")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        RECEIVED = "received", _("已收到，待转办")
        PASSED_ON = "passed_on", _("已转办，待答复")
        ANSWERED = "answered", _("已答复")

    reference = models.CharField(_("编号"), max_length=20, unique=True)
    code_hash = models.CharField(max_length=128, blank=True)
    page = models.CharField(_("页面"), max_length=500)
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, related_name="+", verbose_name=_("栏目")
    )
    kind = models.CharField(_("错误类型"), max_length=20, choices=Kind.choices)
    description = models.TextField(_("说明"), max_length=1000)
    contact = models.CharField(_("联系方式"), max_length=100, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name=_("承办部门")
    )
    received_at = models.DateTimeField(_("收到时间"))
    pass_on_due = models.DateTimeField(_("应转办时间"))
    answer_due = models.DateTimeField(_("应答复时间"))
    passed_on_at = models.DateTimeField(_("转办时间"), null=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField(_("答复"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("网站找错")
        verbose_name_plural = _("网站找错")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "department"])]

    def __str__(self):
        return self.reference

    @property
    def due(self):
        """By when the next step is due; None once it is answered."""
        return {
            self.State.RECEIVED: self.pass_on_due,
            self.State.PASSED_ON: self.answer_due,
        }.get(self.state)

    @property
    def is_overdue(self):
        """Whether the next step is late."""
        return self.due is not None and self.due < timezone.now()
