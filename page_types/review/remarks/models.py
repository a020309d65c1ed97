"""What a reviewer has noted on a text, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.publication.models import Chain


class Remark(models.Model):
    """审核意见: words about a place of a text, perhaps with better ones; kept whatever comes of it.

    A suggestion offers `wording` for the quoted words; empty wording leaves them out.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        TAKEN = "taken", _("已采纳")
        DISMISSED = "dismissed", _("未采纳")
        OBSOLETE = "obsolete", _("已失效")

    page_id = models.BigIntegerField()
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="remarks")
    task_state_id = models.BigIntegerField()
    step = models.CharField(_("环节"), max_length=100)
    # The text on the screen when it was written.
    digest = models.CharField(max_length=64)
    # Field, or field and block ("body/<id>"); empty: the whole text.
    anchor = models.CharField(max_length=255, blank=True)
    place = models.CharField(_("位置"), max_length=255, blank=True)
    quote = models.TextField(_("原文"), blank=True)
    suggests = models.BooleanField(default=False)
    wording = models.TextField(_("建议改为"), blank=True)
    body = models.TextField(_("意见"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    at = models.DateTimeField(_("提出时间"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("处理人"),
    )  # fmt: skip
    ended_at = models.DateTimeField(_("处理时间"), null=True)
    answer = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = _("审核意见")
        ordering = ["pk"]
        indexes = [models.Index(fields=["page_id", "state"], name="remark_open_of_page")]

    def __str__(self):
        return f"{self.place} {self.get_state_display()}"
