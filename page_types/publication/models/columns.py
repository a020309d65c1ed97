"""Columns: records of who owes what where. A `ColumnPage` in the tree is only a column's text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department


class Column(models.Model):
    """栏目. Made by the plan (`origin=plan`) or opened by an editor; never deleted."""

    HOME = "home"

    class Origin(models.TextChoices):
        PLAN = "plan", _("规划")
        EDITOR = "editor", _("编辑开设")

    key = models.SlugField(_("标识"), unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    slug = models.SlugField(_("网址段"), blank=True)
    position = models.PositiveIntegerField(_("排序"), default=0)
    page_id = models.BigIntegerField(_("页面编号"), unique=True, null=True)
    kind = models.CharField(_("类型"), max_length=40)
    chain = models.CharField(_("审核链"), max_length=40)
    owners = models.ManyToManyField(Department, related_name="owned_columns", blank=True)
    contributors = models.ManyToManyField(
        Department, related_name="contributed_columns", blank=True
    )
    shared = models.BooleanField(_("各部门共用"), default=False)
    open_to_all = models.BooleanField(_("各部门可供稿"), default=False)
    update_period_days = models.PositiveIntegerField(_("更新周期（天）"), null=True, blank=True)
    period_basis = models.CharField(max_length=20, blank=True)
    lifecycle = models.CharField(max_length=20, blank=True)
    event_start = models.DateField(null=True, blank=True)
    event_end = models.DateField(null=True, blank=True)
    in_nav = models.BooleanField(_("显示在导航"), default=True)
    group = models.BooleanField(_("栏目组"), default=False)
    inferred = models.BooleanField(_("推定"), default=False)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PLAN)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("栏目")
        verbose_name_plural = _("栏目")
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="column_slug_among_siblings")
        ]

    def __str__(self):
        return self.key


class ColumnPath(models.Model):
    """Every path that ever led to a column; the current one has `current`, the others redirect."""

    path = models.CharField(max_length=500, unique=True)
    column = models.ForeignKey(Column, models.PROTECT, related_name="paths")
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["column"], condition=models.Q(current=True), name="column_one_current_path"
            )
        ]

    def __str__(self):
        return f"/{self.path}"
