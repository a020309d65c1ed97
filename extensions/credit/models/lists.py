"""Lists with effective dates: the values that a column may have, and how long a penalty shows."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class InForce(models.QuerySet):
    """Rows with `starts` and `ends`, both included; either may be open."""

    def on(self, day):
        """Those in force on a day."""
        return self.filter(
            models.Q(starts=None) | models.Q(starts__lte=day),
            models.Q(ends=None) | models.Q(ends__gte=day),
        )


class Dated(models.Model):
    """From when to when it is in force."""

    starts = models.DateField(_("启用日期"), null=True, blank=True)
    ends = models.DateField(_("停用日期"), null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        abstract = True

    def is_in_force(self, day):
        """Whether it is in force on a day; as `InForce.on`, for rows that are read already."""
        begun = self.starts is None or self.starts <= day
        return begun and (self.ends is None or self.ends >= day)

    def clean(self):
        if self.starts and self.ends and self.starts > self.ends:
            raise ValidationError({"ends": _("停用日期不能早于启用日期。")})


class Code(Dated):
    """代码: a value that a column of the standard may have.

    `label` is what a record keeps; `value` the number by which other systems write it.
    """

    class List(models.TextChoices):
        PARTY_KIND = "party_kind", _("行政相对人类别")
        ID_KIND = "id_kind", _("证件类型")
        LICENCE_KIND = "licence_kind", _("许可类别")
        CURRENT_STATE = "current_state", _("当前状态")
        PENALTY_KIND = "penalty_kind", _("处罚类别")

    list = models.CharField(_("代码表"), max_length=20, choices=List.choices)
    value = models.CharField(_("代码"), max_length=10, blank=True)
    label = models.CharField(_("名称"), max_length=64)
    severity = models.CharField(
        _("对应的公示档次"), max_length=10, blank=True,
        help_text=_("只用于处罚类别：light 轻微、ordinary 一般、serious 严重"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("代码")
        verbose_name_plural = _("代码表")
        ordering = ["list", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "label", "starts"], name="credit_code_once")
        ]

    def __str__(self):
        return self.label


class PublicityRule(Dated):
    """公示期限: how long a penalty is shown that is made public while the rule is in force.

    Months count from the day of the decision. `shown` false: not shown unless somebody says so.
    The rows that come with the portal are those of domain facts, 3.7; the bureau confirms them.
    """

    class Severity(models.TextChoices):
        LIGHT = "light", _("轻微")
        ORDINARY = "ordinary", _("一般")
        SERIOUS = "serious", _("严重")

    severity = models.CharField(_("公示档次"), max_length=10, choices=Severity.choices)
    shown = models.BooleanField(_("公示"), default=True, help_text=_("不选：一般不公示"))
    min_months = models.PositiveSmallIntegerField(_("最短公示月数"), default=0)
    max_months = models.PositiveSmallIntegerField(_("最长公示月数"))
    source = models.CharField(_("依据"), max_length=200)
    verified = models.BooleanField(
        _("已核实"), default=False, help_text=_("已对照文件原文核实；未核实的请先核实再采用")
    )

    class Meta:
        verbose_name = _("公示期限规则")
        verbose_name_plural = _("公示期限规则")
        ordering = ["-starts", "severity"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_months__lte=models.F("max_months")),
                name="credit_rule_months",
                violation_error_message=_("最短公示月数不能大于最长公示月数。"),
            ),
            models.UniqueConstraint(fields=["severity", "starts"], name="credit_rule_once"),
        ]

    def __str__(self):
        return f"{self.get_severity_display()}（{self.starts or '…'} — {self.ends or '…'}）"
