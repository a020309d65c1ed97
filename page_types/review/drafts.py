"""The drafts of an officer: what was returned to him, what is not sent yet, what is in review."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, Exists, IntegerField, Min, OuterRef, Q, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from page_types.base import PortalPage
from page_types.organisation.duties import duties_of
from page_types.publication.models import Schedule
from page_types.review.lines import Lines

#: The order of an officer's texts: what waits for him first.
RETURNED, UNSENT, IN_REVIEW, SCHEDULED = range(4)


@dataclass(frozen=True)
class Draft:
    """A text of an officer: returned, still a draft, in review, or approved for a later time."""

    title: str
    url: str
    state: str
    detail: str
    changed: datetime
    order: int = field(default=0, repr=False)


class Drafts(Lines):
    """A user's unpublished texts: returned ones first, drafts, in review, approved for later."""

    def __init__(self, pages):
        reviews = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        returned = reviews.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        waiting = Schedule.objects.filter(
            page_id=OuterRef("pk"),
            revision_id=OuterRef("latest_revision_id"),
            what=Schedule.What.GO_LIVE,
            state=Schedule.State.WAITING,
        )
        self.pages = pages.annotate(
            place=Case(
                When(Exists(returned), then=RETURNED),
                When(Exists(reviews), then=IN_REVIEW),
                When(Exists(waiting), then=SCHEDULED),
                default=UNSENT,
                output_field=IntegerField(),
            )
        )
        super().__init__(
            self.pages.order_by("place", "-latest_revision_created_at", "-pk"), self._lines
        )

    @cached_property
    def summary(self):
        """Numbers of returned and unsent texts, and when the oldest unsent one was changed."""
        unsent = Q(place=UNSENT)
        return self.pages.aggregate(
            returned=Count("pk", filter=Q(place=RETURNED)),
            unsent=Count("pk", filter=unsent),
            oldest=Min("latest_revision_created_at", filter=unsent),
        )

    def _lines(self, pages):
        reviews = {
            int(review.object_id): review
            for review in WorkflowState.objects.active()
            .filter(
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id__in=[str(page.pk) for page in pages],
            )
            .select_related("current_task_state__task")
        }
        return [_draft(page, reviews.get(page.pk)) for page in pages]


def unpublished_of(user):
    """Pages with an unpublished text that is the user's own or was last written by him."""
    mine = PortalPage.objects.filter(Q(owner=user) | Q(latest_revision__user=user))
    unpublished = mine.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    return unpublished.order_by("-latest_revision_created_at")


def drafts_of(user):
    """The user's unpublished texts in the departments whose officer he is."""
    return Drafts(unpublished_of(user).filter(department_id__in=duties_of(user).officer_of))


def _draft(page, review):
    step = review and review.current_task_state
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if page.place == SCHEDULED:
        state, detail, url, order = _("待发布"), "", reverse("review:scheduled"), SCHEDULED
    elif step is None:
        state, detail, url, order = _("草稿"), "", edit, UNSENT
    elif review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state, detail, url, order = _("已退回"), f"{step.task.name}：{step.comment}", edit, RETURNED
    else:
        screen = reverse("review:screen", args=[step.pk])
        state, detail, url, order = _("审核中"), step.task.name, screen, IN_REVIEW
    return Draft(
        title=page.draft_title or page.title,
        url=url,
        state=state,
        detail=detail,
        changed=page.latest_revision_created_at,
        order=order,
    )
