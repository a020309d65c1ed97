"""What the checks keep: decisions on severity, words to confirm, declarations, reasons."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.review.checks.registry import Severity


class CheckSeverity(models.Model):
    """The office's decision on what a failing check means; `kind` "" is every kind of column."""

    check_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, blank=True)
    severity = models.CharField(max_length=10, choices=Severity.choices)

    class Meta:
        verbose_name = verbose_name_plural = _("发布检查的轻重")
        constraints = [
            models.UniqueConstraint(
                fields=["check_name", "kind"], name="check_severity_once_a_kind"
            )
        ]

    def __str__(self):
        return f"{self.check_name} {self.kind} {self.severity}"


class ConfirmWord(models.Model):
    """A word whose use has to be confirmed: a title, the name of a region, an outdated term."""

    word = models.CharField(_("词语"), max_length=60, unique=True)
    suggestion = models.CharField(
        _("建议写法"), max_length=100, blank=True, help_text=_("有规范写法的，写在这里")
    )
    note = models.CharField(
        _("核对要点"), max_length=200, blank=True, help_text=_("提醒信息员核对什么")
    )
    active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("需核对的词语")
        ordering = ["word"]

    def __str__(self):
        return self.word


class SecrecyReview(models.Model):
    """保密审查: one declaration on one text with its files and column (`seen`), never changed.

    Article 17 of the regulation: reviewed before it is disclosed, by the organ that discloses it.
    """

    class Conclusion(models.TextChoices):
        OPEN = "open", _("不涉及国家秘密、工作秘密和其他不宜公开的内容，可以公开")
        TREATED = "treated", _("不宜公开的内容已经删去或隐去，可以公开")
        CLOSED = "closed", _("含有不得公开的内容，不能公开")

    class Disclosure(models.TextChoices):
        ACTIVE = "active", _("主动公开")
        ON_REQUEST = "on_request", _("依申请公开")
        CLOSED = "closed", _("不予公开")

    page_id = models.BigIntegerField(db_index=True)
    seen = models.CharField(max_length=64)
    department = models.ForeignKey(
        "organisation.Department", models.PROTECT, null=True, related_name="+"
    )
    reviewer = models.CharField(_("保密审查人"), max_length=40)
    reviewed_on = models.DateField(_("审查日期"))
    conclusion = models.CharField(_("审查结论"), max_length=10, choices=Conclusion.choices)
    disclosure = models.CharField(
        _("公开属性"), max_length=12, choices=Disclosure.choices, default=Disclosure.ACTIVE
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("保密审查")
        indexes = [
            models.Index(fields=["page_id", "seen", "-id"], name="secrecy_of_text"),
            models.Index(fields=["department", "-id"], name="secrecy_of_department"),
        ]

    def __str__(self):
        return f"{self.page_id} {self.reviewer} {self.reviewed_on}"


class OverriddenCheck(models.Model):
    """A text left its first step although a check found something that should be mended: why."""

    page_id = models.BigIntegerField()
    seen = models.CharField(max_length=64)
    check_name = models.CharField(max_length=60)
    #: As it was called and what it found that day, for the reviewers and for later.
    label = models.CharField(max_length=100)
    messages = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "seen", "check_name"], name="overridden_once_a_text"
            )
        ]

    def __str__(self):
        return f"{self.page_id} {self.check_name}"


class TextSignature(models.Model):
    """What a public text is recognised by, so that a second one like it is found (`duplicates`).

    Made of the ledger and of nothing else: it can be thrown away and is made anew.
    """

    page_id = models.BigIntegerField(primary_key=True)
    #: The event that made this text public; the highest one tells how far the table has come.
    event = models.BigIntegerField(db_index=True)
    document_number = models.CharField(max_length=80, blank=True, db_index=True)

    def __str__(self):
        return str(self.page_id)


class SignatureBand(models.Model):
    """One of the eight keys of a signature: texts that share one are worth comparing."""

    signature = models.ForeignKey(TextSignature, models.CASCADE, related_name="bands")
    key = models.BigIntegerField(db_index=True)

    def __str__(self):
        return f"{self.signature_id}: {self.key}"
