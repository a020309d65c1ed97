"""Notices: lines in the admin, which are the outbox of their mails; and who wants which mails."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How a person wants the mails of one kind. The line in the admin always comes."""

    NOW = "now", _("立即")
    DAILY = "daily", _("每日汇总")
    NONE = "none", _("不发邮件")


class NoticeChoice(models.Model):
    """One person's choice for one kind; without a row mails come at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices"
    )
    kind = models.CharField(max_length=40)
    how = models.CharField(max_length=10, choices=How.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_one_choice")]

    def __str__(self):
        return f"{self.user_id} {self.kind} {self.how}"


class Notice(models.Model):
    """One thing told to one person.

    Written in the transaction of the act it tells of, so that neither can be without the other;
    the mail is sent after the commit, from this row (`outbox`).
    """

    class Mail(models.TextChoices):
        QUEUED = "queued", _("邮件待发送")
        SENT = "sent", _("邮件已发送")
        FAILED = "failed", _("邮件发送失败")
        NONE = "none", _("不发邮件")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(_("类别"), max_length=40)
    subject = models.CharField(_("主题"), max_length=200)
    body = models.TextField(_("正文"))
    url = models.CharField(max_length=500, blank=True, help_text="path below the site's address")
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Mail.choices)
    digest = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("通知")
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_of_person"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["next_try_at"], condition=models.Q(mail="queued"), name="notice_outbox"
            ),
        ]

    def __str__(self):
        return self.subject
