"""What waits for its time: approved texts not yet public, public pages that come down."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models.columns import Column
from page_types.publication.models.events import Event
from page_types.publication.models.seals import Chain


class Schedule(models.Model):
    """定时: one change of what is public, approved now and carried out at `due_at`."""

    class What(models.TextChoices):
        GO_LIVE = "go_live", _("定时发布")
        EXPIRY = "expiry", _("到期撤下")

    class State(models.TextChoices):
        WAITING = "waiting", _("待执行")
        DONE = "done", _("已执行")
        REFUSED = "refused", _("未能执行")
        CANCELLED = "cancelled", _("已取消")

    #: States that somebody still has to look after.
    OPEN = (State.WAITING, State.REFUSED)

    what = models.CharField(max_length=10, choices=What.choices)
    page_id = models.BigIntegerField(db_index=True)
    title = models.CharField(max_length=255)
    column = models.ForeignKey(Column, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    # The proof: the review that approved it. An expiry keeps the one that approved its date.
    chain = models.ForeignKey(Chain, models.PROTECT, null=True, related_name="schedules")
    revision_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    due_at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        help_text="who gave the last approval: the publication counts as his",
    )  # fmt: skip
    set_at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=Event.Source.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)
    event_number = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("定时")
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "what"],
                condition=models.Q(state="waiting"),
                name="schedule_one_waiting",
            )
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="schedule_due")]

    def __str__(self):
        return f"{self.get_what_display()} {self.title} {self.due_at:%Y-%m-%d %H:%M}"


class JobRun(models.Model):
    """When a periodic job last ran, and what went wrong."""

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    def __str__(self):
        return self.name
