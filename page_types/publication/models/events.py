"""Events (append-only) and texts (immutable): what was made public, when, by whose authority."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models.columns import Column

#: Name of the chain of corrections: a revision by it is shown as 更正.
CORRECTION = "correction"


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses bulk changes of rows that must stay as they were written."""

    def _refuse(self, *args, **kwargs):
        raise PermissionDenied("台账只追加，不修改、不删除 / the ledger is append-only")

    update = delete = bulk_update = _refuse


class AppendOnly(models.Model):
    """A row that is written once: saving it again or deleting it is refused."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise PermissionDenied("台账只追加，不修改 / the ledger is append-only")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise PermissionDenied("台账只追加，不删除 / the ledger is append-only")


class Text(AppendOnly):
    """An approved text: canonical UTF-8 JSON, named by the SHA-256 of those very bytes."""

    digest = models.CharField(max_length=64, primary_key=True)
    type = models.CharField(max_length=100)
    schema = models.PositiveSmallIntegerField()
    content = models.TextField()

    class Meta(AppendOnly.Meta):
        verbose_name = _("公开文本")

    def __str__(self):
        return f"{self.type} {self.digest[:12]}"


class Event(AppendOnly):
    """事件: a change of what is public, numbered in commit order: any month can be recounted."""

    class What(models.TextChoices):
        PUBLISHED = "published", _("首次发布")
        REVISED = "revised", _("修订发布")
        REINSTATED = "reinstated", _("重新公开")
        RESTORED = "restored", _("恢复以前的文本")
        WITHDRAWN = "withdrawn", _("撤下")
        MOVED = "moved", _("移动到其他栏目")
        PINNED = "pinned", _("置顶")
        UNPINNED = "unpinned", _("取消置顶")
        BLANKED = "blanked", _("清除涉及个人信息的文本")
        RE_OWNED = "re_owned", _("责任处室变更")
        ANNOUNCED = "announced", _("全站公告")
        ANNOUNCEMENT_ENDED = "announcement_ended", _("全站公告提前结束")
        MOURNING = "mourning", _("哀悼置灰")
        MOURNING_ENDED = "mourning_ended", _("哀悼置灰提前结束")

    class Source(models.TextChoices):
        ORDINARY = "", _("日常")
        DEMO = "demo", _("演示")

    number = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=64, db_index=True)
    what = models.CharField(max_length=20, choices=What.choices)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    authority = models.CharField(max_length=30)
    at = models.DateTimeField(_("发生时间"))
    shown_at = models.DateTimeField(_("显示日期"), null=True)
    title = models.CharField(max_length=255)
    column = models.ForeignKey(Column, models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    text = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)
    detail = models.JSONField(default=dict)

    class Meta(AppendOnly.Meta):
        verbose_name = _("发布事件")
        ordering = ["number"]
        indexes = [models.Index(fields=["shown_at", "what"], name="event_by_shown_date")]

    def __str__(self):
        return f"#{self.number} {self.get_what_display()} {self.title}"

    def get_what_display(self):
        """What people read; a small revision that took the chain of corrections says so."""
        if self.detail.get("chain") == CORRECTION:
            return str(_("更正"))
        return str(self.What(self.what).label)

    @property
    def settled_at(self):
        """When the words of a sealed publication were settled: at its first seal.

        Between the last seal and a publication that waited for its time, drafts go on.
        """
        seals = (datetime.fromisoformat(seal[2]) for seal in self.detail.get("seals", ()))
        return min([self.at, *seals])

    @property
    def public_since(self):
        """When visitors got it: a revision keeps the date shown, so its own time counts."""
        first = self.what == self.What.PUBLISHED or self.source == self.Source.DEMO
        return self.shown_at if first else self.at


def page_subject(page_id):
    """The `subject` of events about a page."""
    return f"page/{page_id}"
