"""What the whole site says for a time: announcements above every page, and mourning in grey."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

#: Characters: what stands above every page must be read at a glance.
LONGEST_ANNOUNCEMENT = 200


def is_local_path(path):
    """Whether it is an address of this site: one slash first, nothing a browser reads as a host."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()


def local_or_https(value):
    """An address of this site (`/news/…`) or one that begins with https://."""
    if not is_local_path(value):
        try:
            URLValidator(schemes=["https"])(value)
        except ValidationError:
            raise ValidationError(
                _("请填写本站网址（以 / 开头，如 /tzgg/）或以 https:// 开头的完整网址。")
            ) from None


class ForATime(models.Model):
    """Begun by somebody, ended by somebody or by the clock; never deleted."""

    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发布人")
    )
    begun_at = models.DateTimeField(_("登记时间"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("提前结束时间"), null=True, blank=True)

    class Meta:
        abstract = True


class Announcement(ForATime):
    """公告条. Written by `announcements.py` alone; in force between two moments."""

    class Level(models.TextChoices):
        NOTICE = "notice", _("一般提示")
        EMERGENCY = "emergency", _("紧急公告")

    text = models.CharField(_("公告内容"), max_length=LONGEST_ANNOUNCEMENT)
    link = models.CharField(_("详情网址"), max_length=500, blank=True, validators=[local_or_https])
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    starts_at = models.DateTimeField(_("开始显示"))
    ends_at = models.DateTimeField(_("停止显示"))

    class Meta:
        verbose_name = _("全站公告")
        verbose_name_plural = _("全站公告")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="announcement_moments_in_order",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("停止显示的时间必须晚于开始显示的时间。"),
            )
        ]

    def __str__(self):
        return self.text

    def in_force(self, now):
        """Whether it is shown at that moment."""
        return self.ended_at is None and self.starts_at <= now < self.ends_at


class Mourning(ForATime):
    """哀悼: the public pages are grey from one day to another, both included."""

    reason = models.CharField(_("事由"), max_length=200)
    from_day = models.DateField(_("自"))
    until_day = models.DateField(_("至（含当日）"))

    class Meta:
        verbose_name = _("哀悼置灰")
        verbose_name_plural = _("哀悼置灰")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mourning_days_in_order",
                condition=Q(until_day__gte=F("from_day")),
                violation_error_message=_("最后一天不能早于第一天。"),
            )
        ]

    def __str__(self):
        return self.reason

    def in_force(self, day):
        """Whether pages are grey on that day (local date)."""
        return self.ended_at is None and self.from_day <= day <= self.until_day
