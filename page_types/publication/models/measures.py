"""Measures on public pages: what was asked for, by whom, why, and who decided as the second."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models.columns import Column


class ReasonKind(models.TextChoices):
    """Why a page is public no longer; visitors are told the kind and never the reason in words."""

    MOVED = "moved", _("已迁移到其他页面")
    SUPERSEDED = "superseded", _("已被新的页面取代")
    WITHDRAWN = "withdrawn", _("内容不再公开")
    PERSONAL_DATA = "personal_data", _("含有个人信息")
    EXPIRED = "expired", _("到期撤下")


class Measure(models.Model):
    """处置: one act on a public page beside its review. Written by `publication/measures.py` alone.

    It is the proof that an authority reads again: who asked, who as another person decided, why.
    """

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw", _("撤下")
        EMERGENCY = "emergency", _("紧急撤下")
        REINSTATE = "reinstate", _("恢复公开")
        EARLIER = "earlier", _("恢复以前的文本")
        MOVE = "move", _("移动到其他栏目")
        PIN = "pin", _("置顶")
        UNPIN = "unpin", _("取消置顶")
        BREAK_GLASS = "break_glass", _("应急发布")
        BLANK = "blank", _("清除涉及个人信息的文本")

    class State(models.TextChoices):
        ASKED = "asked", _("待决定")
        DONE = "done", _("已执行")
        REFUSED = "refused", _("不同意")
        CANCELLED = "cancelled", _("已撤回")

    kind = models.CharField(_("处置"), max_length=20, choices=Kind.choices)
    page_id = models.BigIntegerField(db_index=True)
    title = models.CharField(_("标题"), max_length=255)
    column = models.ForeignKey(Column, models.PROTECT, related_name="+", verbose_name=_("栏目"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("责任处室")
    )
    reason_kind = models.CharField(
        _("撤下原因"), max_length=20, choices=ReasonKind.choices, blank=True
    )
    reason = models.CharField(_("理由"), max_length=500)
    # What exactly: successor's page, column to move to, event of the earlier text …
    detail = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    asked_at = models.DateTimeField(_("申请时间"))
    # Whoever decided, or in an emergency countersigned afterwards: never the one who asked.
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("决定人"),
    )  # fmt: skip
    second_at = models.DateTimeField(_("决定时间"), null=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    event_number = models.BigIntegerField(null=True)
    # Last day on which an emergency may be countersigned in time.
    countersign_due = models.DateField(_("会签期限"), null=True)

    class Meta:
        verbose_name = _("处置")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "kind"], condition=Q(state="asked"), name="measure_asked_once"
            ),
            models.CheckConstraint(
                name="measure_two_persons",
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("asked_by")),
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="measure_by_state")]

    def __str__(self):
        return f"{self.get_kind_display()}“{self.title}”"

    @property
    def awaits_countersigning(self):
        """Whether an officer has acted alone and nobody has put his name to it yet."""
        return (
            self.kind == self.Kind.EMERGENCY
            and self.state == self.State.DONE
            and self.second_by_id is None
        )
