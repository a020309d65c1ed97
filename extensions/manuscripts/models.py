"""上报稿件: what the office asks departments to write for the provincial government."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.base.models import RecordReview, ReviewedRecord
from page_types.organisation.models import Department


class Manuscript(ReviewedRecord):
    """A manuscript. Changed by `services.py` alone; never deleted.

    Source of the flow: the plan of 2016, part four (三): the office names the subject and asks the
    departments, leader in charge and principal leader approve, then it is sent.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("起草中")
        IN_REVIEW = "in_review", _("审核中")
        APPROVED = "approved", _("已审定，待报送")
        SENT = "sent", _("已报送")
        DROPPED = "dropped", _("不再报送")

    title = models.CharField(_("题目"), max_length=200)
    brief = models.TextField(
        _("写作要求"), max_length=2000, help_text=_("写什么、为什么、多少字、参考什么材料")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("牵头起草部门")
    )
    assisting = models.ManyToManyField(
        Department, blank=True, related_name="+", verbose_name=_("配合部门")
    )
    due = models.DateField(_("应交稿日期"))
    body = models.TextField(_("正文"), max_length=20000, blank=True)
    # Raised by every save: a text that somebody else has changed meanwhile is not written over.
    version = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ASSIGNED
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("布置时间"))
    recipient = models.CharField(_("报送单位"), max_length=100, blank=True)
    reference = models.CharField(
        _("报送编号"), max_length=60, blank=True, help_text=_("期号或文号，没有可不填")
    )
    sent_on = models.DateField(_("报送日期"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outcome = models.TextField(
        _("采用情况"),
        max_length=1000,
        blank=True,
        help_text=_("被何刊物采用、何人批示；没有可不填"),
    )

    chain = "manuscript"
    hands_on = (
        "manuscripts.assign",
        "manuscripts.write",
    )

    class Meta:
        verbose_name = _("上报稿件")
        verbose_name_plural = _("上报稿件")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due"])]

    def __str__(self):
        return self.title

    @property
    def is_overdue(self):
        """Whether the department owes it and the day has passed."""
        return self.state == self.State.ASSIGNED and self.due < timezone.localdate()

    def all_departments(self):
        """Primary keys of the leading and of the assisting departments."""
        return {self.department_id, *self.assisting.values_list("pk", flat=True)}

    # -- review ------------------------------------------------------------------------------

    def departments_in_review(self):
        return self.all_departments()

    def content_to_seal(self):
        return {
            "title": self.title,
            "body": self.body,
            "departments": sorted(self.all_departments()),
        }

    def review_url(self):
        return reverse("manuscripts:detail", args=[self.pk])

    def review_ended(self, review, user):
        approved = review.state == RecordReview.State.APPROVED
        self.state = self.State.APPROVED if approved else self.State.ASSIGNED
        self.save(update_fields=["state"])
