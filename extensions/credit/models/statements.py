"""What is said beside the records: none this month, why one was changed, what was reported."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models.events import AppendOnly


class NoRecordStatement(models.Model):
    """本月无: that a department decided nothing of a kind in a month. Public.

    `withdrawn_on`: a record of that month came after all, or it was said by mistake.
    """

    class Kind(models.TextChoices):
        LICENCE = "licence", _("行政许可")
        PENALTY = "penalty", _("行政处罚")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    month = models.DateField(_("月份"))  # its first day
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("处室")
    )
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(_("声明时间"))
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("本月无记录声明")
        verbose_name_plural = _("本月无记录声明")
        ordering = ["-month", "kind", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "month", "department"],
                condition=models.Q(withdrawn_on=None),
                name="credit_none_once",
            )
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.department} {self.get_kind_display()}"


class PublicNote(AppendOnly):
    """公开说明: one line of the history that visitors see below a record."""

    class What(models.TextChoices):
        PUBLISHED = "published", _("公示")
        CORRECTED = "corrected", _("更正")
        WITHDRAWN = "withdrawn", _("撤下")
        REPAIRED = "repaired", _("信用修复")
        RESTORED = "restored", _("恢复公示")

    kind = models.CharField(max_length=10)
    record_id = models.BigIntegerField()
    what = models.CharField(max_length=10, choices=What.choices)
    on = models.DateField()
    text = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("公开说明")
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "record_id"])]

    def __str__(self):
        return f"{self.on} {self.get_what_display()}"


class Report(AppendOnly):
    """报送: a file for the credit platform, made when and with how many records.

    The next report of changes begins at the last one's `until`.
    """

    kind = models.CharField(_("类别"), max_length=10, choices=NoRecordStatement.Kind.choices)
    since = models.DateTimeField(_("起"), null=True)
    until = models.DateTimeField(_("止"))
    count = models.PositiveIntegerField(_("条数"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("经办人"),
    )  # fmt: skip

    class Meta(AppendOnly.Meta):
        verbose_name = _("报送记录")
        verbose_name_plural = _("报送记录")
        ordering = ["-until"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.until:%Y-%m-%d}（{self.count}）"
