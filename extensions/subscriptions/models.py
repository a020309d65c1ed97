"""Subscriptions: an e-mail address and a column, confirmed or waiting for it."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.publication.models import Column


def new_key():
    """A secret of the row's own; every link in a mail carries it, signed, and never the address."""
    return secrets.token_urlsafe(18)


class Subscription(models.Model):
    """订阅. Deleted, address and all, when it is ended or was never confirmed."""

    column = models.ForeignKey(Column, models.CASCADE, related_name="+", verbose_name=_("栏目"))
    email = models.EmailField(_("邮箱"))
    key = models.CharField(max_length=40, unique=True, default=new_key)
    asked_at = models.DateTimeField(_("申请时间"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    # Number of the last event that this subscriber has been told of, or did not need to be.
    last_event = models.BigIntegerField(default=0)
    # A run that is mailing this address just now; one that died is forgotten after a while.
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("邮件订阅")
        verbose_name_plural = _("邮件订阅")
        constraints = [
            models.UniqueConstraint(fields=["email", "column"], name="subscription_once_a_column")
        ]
        indexes = [models.Index(fields=["column", "confirmed_at"])]

    def __str__(self):
        # Without the address: this is what logs and error reports print.
        return f"{self.column_id} #{self.pk}"
