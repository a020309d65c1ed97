"""How many working days a step has, and the day by which each begun step is due."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


class StepTerm(models.Model):
    """The plan's working days for one step of one chain (`sync_structure`)."""

    chain = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "step"], name="step_term_once_a_step")
        ]

    def __str__(self):
        return f"{self.chain} {self.step} {self.days}"


class StepDeadline(models.Model):
    """The deadline of one task state; core's own model cannot be subclassed (mails, reports).

    `began` and `days` are kept so that the day can be computed anew when the calendar of working
    days changes; `provisional`: the holidays of that time are not announced yet.
    """

    task_state = models.OneToOneField(TaskState, models.CASCADE, related_name="deadline")
    began = models.DateField()
    days = models.PositiveSmallIntegerField()
    due = models.DateField(_("期限"), db_index=True)
    provisional = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True)

    def __str__(self):
        return f"{self.task_state_id} {self.due}"
