"""Seals and chains: what `review` leaves here as the proof that `publish()` asks for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models.columns import Column
from page_types.publication.models.entries import AbstractShownFile


class Chain(models.Model):
    """审核链: the steps and the department as they stood when one review began.

    `steps` is a list of {"task": pk, "step": key, "title": text}. A workflow that is changed,
    shortened or disabled meanwhile changes nothing here.
    """

    review_id = models.BigIntegerField(unique=True, help_text="WorkflowState")
    page_id = models.BigIntegerField(db_index=True)
    column = models.ForeignKey(Column, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    steps = models.JSONField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} · {self.page_id}"


class RecordChain(models.Model):
    """A chain of the plan for records that are no pages (上报稿件): its title and steps in order.

    Kept by `sync_structure`; extensions take the steps from here when a review begins.
    """

    name = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=40)
    steps = models.JSONField()

    def __str__(self):
        return self.title


class Seal(models.Model):
    """印鉴: one approval of a text, its files and its column, as they stood on the screen."""

    class State(models.TextChoices):
        VALID = "valid", _("有效")
        SPENT = "spent", _("已用于发布")
        VOID = "void", _("作废")

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="seals")
    task_id = models.BigIntegerField()
    task_state_id = models.BigIntegerField()
    step = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.VALID)
    ended_why = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "task_id"],
                condition=models.Q(state="valid"),
                name="seal_one_valid_a_step",
            )
        ]

    def __str__(self):
        return f"{self.step} {self.by_id} {self.state}"


class SealedFile(AbstractShownFile):
    """A file that a valid seal covers: it cannot be replaced or deleted meanwhile."""

    seal = models.ForeignKey(Seal, models.CASCADE, related_name="files")
