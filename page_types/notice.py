"""NoticePage 通知公告: something to know or to do, often until a day."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from page_types.content import ContentPage, also_shown_in_field


@dataclass(frozen=True)
class NoticeState:
    """How a notice stands at a moment: `name` is standing, open, closed or cancelled.

    `label` is its Chinese word, "" when standing; `deadline` is in local time, or None.
    """

    name: str
    label: str
    deadline: datetime | None
    deadline_of: str

    def __bool__(self):
        return self.name != "standing"


def state_of(line, now=None):
    """The NoticeState of what `NoticePage.public_line` says, at `now`; days are calendar days."""
    text = line.get("deadline")
    deadline = timezone.localtime(datetime.fromisoformat(text)) if text else None
    now = timezone.localtime(now)
    if line.get("cancelled"):
        name, label = "cancelled", _("已取消")
    elif deadline is None:
        name, label = "standing", ""
    elif now > deadline:
        name, label = "closed", _("已截止")
    elif days := (deadline.date() - now.date()).days:
        left = ngettext("进行中，还剩 %(n)d 天", "进行中，还剩 %(n)d 天", days)
        name, label = "open", left % {"n": days}
    else:
        name, label = "open", _("进行中，今天截止")
    return NoticeState(name, str(label), deadline, line.get("deadline_of", ""))


class NoticePage(ContentPage):
    """A notice. Its state is read off the clock at each request, never stored."""

    class DeadlineOf(models.TextChoices):
        CONSULTATION = "consultation", _("征求意见截止")
        REGISTRATION = "registration", _("报名截止")
        OBJECTION = "objection", _("公示截止")
        OTHER = "other", _("截止")

    deadline = models.DateTimeField(
        _("截止时间"), null=True, blank=True, help_text=_("没有截止时间的通知留空")
    )
    deadline_of = models.CharField(
        _("截止的事项"), max_length=20, choices=DeadlineOf.choices, default=DeadlineOf.OTHER
    )
    cancelled = models.BooleanField(
        _("已取消"), default=False, help_text=_("事项取消时勾选，并在正文说明原因")
    )
    also_shown_in = also_shown_in_field()

    is_creatable = True
    in_catalogue = True
    template = "page_types/notice_page.html"
    content_panels = [
        *ContentPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("deadline"), FieldPanel("deadline_of"), FieldPanel("cancelled")],
            heading=_("期限"),
        ),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("通知公告")

    def check_text(self):
        super().check_text()
        if self.deadline_of != self.DeadlineOf.OTHER and not self.deadline:
            raise ValidationError({"deadline": _("选了截止的事项，请填写截止时间。")})

    @property
    def state(self):
        """The NoticeState now."""
        return state_of(self.public_line())

    def public_line(self):
        return {
            "deadline": self.deadline.isoformat() if self.deadline else "",
            "deadline_of": str(self.get_deadline_of_display()),
            "cancelled": self.cancelled,
        }

    def structured_type(self):
        more = {"expires": self.deadline.isoformat()} if self.deadline else {}
        return "SpecialAnnouncement", more
