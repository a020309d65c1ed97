"""How often something was searched for, day by day. Nothing tells who asked: not even how many."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryDay(models.Model):
    """检索记录: one query on one day, counted."""

    day = models.DateField()
    query = models.CharField(_("检索词"), max_length=120)  # folded
    asked = models.PositiveIntegerField(default=0)
    # Of these: nothing found; nothing with all the words, but something with some of them.
    empty = models.PositiveIntegerField(default=0)
    relaxed = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)  # results of the last time

    class Meta:
        verbose_name = _("检索记录")
        verbose_name_plural = _("检索记录")
        constraints = [
            models.UniqueConstraint(fields=["day", "query"], name="search_query_day_once")
        ]

    def __str__(self):
        return f"{self.day} {self.query}"


class ClickDay(models.Model):
    """点击记录: how often a result of a query was opened on one day, and where it stood."""

    query_day = models.ForeignKey(QueryDay, models.CASCADE, related_name="clicked")
    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    clicks = models.PositiveIntegerField(default=0)
    positions = models.PositiveIntegerField(default=0)  # their sum; first place is 1

    class Meta:
        verbose_name = _("点击记录")
        verbose_name_plural = _("点击记录")
        constraints = [
            models.UniqueConstraint(
                fields=["query_day", "source", "object_id"], name="search_click_day_once"
            )
        ]

    def __str__(self):
        return f"{self.query_day}: {self.source} {self.object_id}"
