"""Duties with a day: what a document still needs, and who has looked at which public page."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models import Event


class PlanNumber(models.Model):
    """A number of the plan's `workflow` part, by its name there; kept by `sync_structure`."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.name}: {self.value}"


class Explanation(models.Model):
    """The newest draft of one page says that it explains a document, or a document names its note.

    Kept by number, without constraints: either page may be a draft that is deleted again.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("起草说明")
        INTERPRETATION = "interpretation", _("政策解读")

    document_id = models.BigIntegerField(db_index=True)
    page_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document_id", "page_id", "kind"], name="explanation_once"
            )
        ]

    def __str__(self):
        return f"{self.page_id} {self.kind} {self.document_id}"


class ReportingDuty(models.Model):
    """规范性文件报送: by when a normative document and its two notes must be with the office.

    `days` is kept so that `due` can be computed anew when the calendar of working days changes. The
    moments are those at which each part first reached the office; `done_at` is the last of them.
    """

    page_id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=255)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    signed_date = models.DateField(_("成文日期"))
    days = models.PositiveSmallIntegerField()
    due = models.DateField(_("期限"))
    provisional = models.BooleanField(default=False)
    document_at = models.DateTimeField(_("文件"), null=True)
    note_at = models.DateTimeField(_("起草说明"), null=True)
    interpretation_at = models.DateTimeField(_("政策解读"), null=True)
    done_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    PARTS = ("document_at", "note_at", "interpretation_at")

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["done_at", "due"], name="reporting_open_by_day")]

    def __str__(self):
        return f"{self.title} {self.due}"

    @property
    def missing(self):
        """The names of the parts that have not reached the office."""
        return [
            str(self._meta.get_field(name).verbose_name)
            for name in self.PARTS
            if getattr(self, name) is None
        ]

    @property
    def overdue(self):
        return self.done_at is None and self.due < timezone.localdate()


class PostPublishCheck(models.Model):
    """发布后检查: the publisher opens the live page and says that it is right, or what is wrong.

    `settled_by`: a later event of the page (a new text, a withdrawal) took the matter over.
    """

    class Outcome(models.TextChoices):
        WAITING = "", _("待确认")
        FINE = "fine", _("确认无误")
        PROBLEM = "problem", _("发现问题")

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="live_check")
    page_id = models.BigIntegerField(db_index=True)
    publisher = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    provisional = models.BooleanField(default=False)
    # The automatic look: [{"probe", "found"}], `found` empty where all is well.
    looked_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)
    opened_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    remark = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_by = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["outcome", "settled_by", "due"], name="check_open_by_day")]

    def __str__(self):
        return f"{self.event_id} {self.outcome}"

    @property
    def waiting(self):
        """Whether nobody has said anything yet, and the text is still the public one."""
        return not self.outcome and self.settled_by_id is None

    @property
    def overdue(self):
        return self.waiting and self.due < timezone.localdate()

    @property
    def problems(self):
        """What the automatic look found wrong, as sentences."""
        return [line["found"] for line in self.findings if line["found"]]
