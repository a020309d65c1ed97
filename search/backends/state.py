"""Which index of an engine is live, and which one is being built beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexState(models.Model):
    """索引状态: one row an engine. Generations take turns: `a`, `b`."""

    engine = models.CharField(primary_key=True, max_length=20)
    live = models.CharField(max_length=1, default="a")
    building = models.CharField(max_length=1, blank=True)
    done = models.BigIntegerField(default=0)  # pk of the last document written to `building`
    written = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("索引状态")
        verbose_name_plural = _("索引状态")

    def __str__(self):
        return f"{self.engine}: {self.live}"
