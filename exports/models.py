"""Files made in the background, and how often public data sets were downloaded."""

import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from exports import datasets
from exports.terms import OpenDataTerms
from exports.writing import narrowed_by

__all__ = ["DownloadDay", "ExportFile", "OpenDataTerms"]

#: How long a finished file may be fetched.
KEPT = timedelta(days=7)


def folder():
    """Where the files lie: served by no web server, read by the portal alone."""
    found = Path(settings.PORTAL_EXPORTS)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def _expiry():
    return timezone.now() + KEPT


def _secret_name():
    return secrets.token_hex(16)


class ExportFile(models.Model):
    """导出文件: a file that somebody asked for and that is too large to wait for."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待生成")
        RUNNING = "running", _("正在生成")
        READY = "ready", _("可以下载")
        FAILED = "failed", _("没有生成")
        EXPIRED = "expired", _("已过期")

    OPEN = (State.WAITING, State.RUNNING)

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    dataset = models.CharField(_("数据集"), max_length=100)
    form = models.CharField(_("格式"), max_length=10)
    # {"from": ISO day or null, "to": …, "filters": [[name, value], …]}
    wish = models.JSONField(default=dict)
    # Columns and narrowing as they were when it was made; whoever has others now asks anew.
    scope = models.TextField(blank=True, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)  # rows expected when it was asked for
    done = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=40, default=_secret_name, editable=False)
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    heard_at = models.DateTimeField(null=True)  # last sign of life of whoever writes it
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(_("保留至"), default=_expiry)

    class Meta:
        verbose_name = _("导出文件")
        verbose_name_plural = _("导出文件")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "asked_at"], name="export_file_queue")]

    def __str__(self):
        return f"{self.label}（{self.form}）"

    def get_absolute_url(self):
        """Its page in the admin."""
        return reverse("portal_exports:file", args=(self.pk,))

    @cached_property
    def source(self):
        """The data set; None where its room is switched off."""
        return datasets.get(self.dataset)

    @property
    def label(self):
        """The data set's name for people."""
        return str(self.source.label) if self.source else self.dataset

    @property
    def asked_for(self):
        """Which part was asked for, in words: period and filters; empty for everything."""
        days = self.wish.get("from"), self.wish.get("to")
        period = " — ".join(day or "…" for day in days) if any(days) else ""
        filters = self.wish.get("filters", ())
        narrowed = narrowed_by(self.source, filters) if self.source else ""
        return "；".join(filter(None, (period, narrowed)))

    @property
    def path(self):
        """Where the file lies."""
        return folder() / self.name

    @property
    def is_open(self):
        """Whether it is still to be made."""
        return self.state in self.OPEN

    @property
    def is_ready(self):
        """Whether it may be fetched now: by its time, and by what its owner may have now."""
        return self.state == self.State.READY and not self.is_over and self.is_fitting

    @property
    def is_over(self):
        """Whether its time is over, cleared away or not yet."""
        return self.state == self.State.EXPIRED or (
            self.state == self.State.READY and self.expires_at <= timezone.now()
        )

    @cached_property
    def is_fitting(self):
        """Whether its owner would get the same rows and columns now as when it was made."""
        return self.source is not None and self.scope == self.source.scope_of(self.asked_by)

    @property
    def state_label(self):
        """How it stands, for people."""
        if self.is_over:
            return self.State.EXPIRED.label
        if self.state == self.State.READY and not self.is_fitting:
            return _("权限已变化")
        return self.get_state_display()

    @property
    def percent(self):
        """How much of it is written, 0 to 100; what came after it was asked for is not counted."""
        return min(100, self.done * 100 // self.total) if self.total else 0

    def may_be_had_by(self, user):
        """Only by whom it was made for, and only while he still may have such data."""
        mine = user.pk == self.asked_by_id
        return mine and self.source is not None and self.source.may_be_had_by(user)


class DownloadDay(models.Model):
    """下载次数: how often a public data set was fetched on one day in a format; never by whom."""

    day = models.DateField()
    dataset = models.CharField(max_length=100)
    form = models.CharField(max_length=10)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("下载次数")
        verbose_name_plural = _("下载次数")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "day", "form"], name="export_download_day_once"
            )
        ]

    def __str__(self):
        return f"{self.day} {self.dataset}.{self.form}: {self.count}"
