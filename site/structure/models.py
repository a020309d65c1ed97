"""What the plan and the demonstration have done so far, so that a second run does nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppliedPlan(models.Model):
    """What the plan last set where editors may change it, too: whoever differs has changed it."""

    subject = models.CharField(_("对象"), max_length=100, unique=True)
    values = models.JSONField(_("规划最近一次给出的值"), default=dict)

    class Meta:
        verbose_name = _("已执行的规划")
        verbose_name_plural = _("已执行的规划")

    def __str__(self):
        return self.subject


class DemoItem(models.Model):
    """A piece of demonstration content that has been loaded. Its page may be gone since."""

    key = models.CharField(_("标识"), max_length=100, unique=True)
    page_id = models.BigIntegerField(_("页面编号"))

    class Meta:
        verbose_name = _("演示内容")
        verbose_name_plural = _("演示内容")

    def __str__(self):
        return self.key
