"""The passage of a record (manuscript, licence, letter …) through a chain of review."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from extensions.base.records.importing.models import SheetImport  # noqa: F401  its table
from page_types.publication.models.events import AppendOnly


class RecordReview(models.Model):
    """审核: one passage, with the steps and departments as they stood when it began.

    `steps` is a list of {"step": key, "title": text, "department": primary key or None}; a plan
    that changes meanwhile changes nothing here. `position` is the step at which it stands.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("审核中")
        RETURNED = "returned", _("已退回")
        APPROVED = "approved", _("已审定")
        CANCELLED = "cancelled", _("已撤回")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    steps = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("审核")
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(state="running"),
                name="record_review_one_running",
            )
        ]

    def __str__(self):
        return f"{self.get_state_display()} {self.content_type_id}:{self.object_id}"

    @property
    def step(self):
        """The step at which it stands; None when it is over."""
        return self.steps[self.position] if self.state == self.State.RUNNING else None


class RecordDecision(AppendOnly):
    """One approval or return: by whom, when, of which content (`seen`)."""

    class What(models.TextChoices):
        APPROVED = "approved", _("批准")
        RETURNED = "returned", _("退回")

    review = models.ForeignKey(RecordReview, models.PROTECT, related_name="decisions")
    step = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    comment = models.TextField(blank=True)
    seen = models.CharField(max_length=64)

    class Meta(AppendOnly.Meta):
        verbose_name = _("审核意见")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.title} {self.get_what_display()}"


class ReviewedRecord(models.Model):
    """What a record adds to itself to pass through review (`reviewing.py` has the verbs)."""

    reviews = GenericRelation(RecordReview)

    #: Key of its chain in the plan of columns, under `record_chains`.
    chain = ""
    #: Log actions by which a user has had a hand in the record.
    hands_on = ()

    class Meta:
        abstract = True

    def departments_in_review(self):
        """Departments (primary keys) whose reviewers and leaders take the steps that ask one."""
        raise NotImplementedError  # abstract: each subclass says its own

    def content_to_seal(self):
        """What an approval covers, as JSON values."""
        raise NotImplementedError  # abstract: each subclass says its own

    def review_url(self):
        """Where the record is read and decided on."""
        raise NotImplementedError  # abstract: each subclass says its own

    def further_hands(self):
        """Users (primary keys) who wrote it besides those whom the log names."""
        return ()

    def review_ended(self, review, user):
        """Called within the transaction when a review is approved, returned or taken back."""

    @property
    def verbose_name(self):
        """What such a record is called, for a sentence."""
        return self._meta.verbose_name

    @property
    def review(self):
        """The newest review, or None."""
        return self.reviews.order_by("pk").last()
