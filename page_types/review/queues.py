"""What waits for whom: the queue of a reviewer, the drafts of an officer, all running reviews."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from page_types.base import PortalPage
from page_types.organisation.duties import duties_of
from page_types.publication.models import Chain
from page_types.publication.snapshot import snapshot
from page_types.review import rules
from page_types.review.chains import STEPS


def waited(since):
    """How long ago a moment was, in its largest unit: Django says "2 日, 3 小时"."""
    minutes = max(0, int((timezone.now() - since).total_seconds() // 60))
    if minutes < 60:
        return _("%(number)d 分钟") % {"number": minutes}
    if minutes < 24 * 60:
        return _("%(number)d 小时") % {"number": minutes // 60}
    return _("%(number)d 天") % {"number": minutes // (24 * 60)}


@dataclass(frozen=True)
class Waiting:
    """A text at a step: what a line of a queue shows."""

    title: str
    url: str
    step: str
    department: str
    column: str
    submitter: str
    since: datetime
    mine: bool = False  # the user has a hand in it: he may read, another must decide

    @property
    def waited(self):
        return waited(self.since)


#: The order of an officer's texts: what waits for him first.
RETURNED, UNSENT, IN_REVIEW = range(3)


@dataclass(frozen=True)
class Draft:
    """A text of an officer: returned, in review or still a draft."""

    title: str
    url: str
    state: str
    detail: str
    changed: datetime
    order: int = field(default=0, repr=False)

    @property
    def returned(self):
        """Whether it waits for its author, with a reason."""
        return self.order == RETURNED

    @property
    def unsent(self):
        """Whether it has not been submitted (or was taken back)."""
        return self.order == UNSENT


def waiting_for(user):
    """Texts at a step that is the user's duty, oldest first."""
    states = []
    for model in STEPS.values():
        for task in model.objects.all():
            states += task.states_of_duty(user)
    return _lines(states, user)


def all_waiting(user):
    """Every text in review, oldest first; for those who watch over the whole bureau."""
    return _lines(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        ).select_related("workflow_state", "task"),
        user,
    )


def _lines(states, user):
    states = (
        TaskState.objects.filter(pk__in=[state.pk for state in states])
        .select_related("task", "workflow_state__requested_by", "revision")
        .defer("revision__content")
        .order_by("started_at", "pk")
    )
    chains = {
        chain.review_id: chain
        for chain in Chain.objects.filter(
            review_id__in=[state.workflow_state_id for state in states]
        ).select_related("department")
    }
    hands = rules.people_with_a_hand([chain.page_id for chain in chains.values()])
    columns = snapshot().by_id
    lines = []
    for state in states:
        chain = chains.get(state.workflow_state_id)
        if chain is None:
            continue
        column = columns.get(chain.column_id)
        lines.append(
            Waiting(
                title=state.revision.object_str,
                url=reverse("review:screen", args=[state.pk]),
                step=state.task.name,
                department=chain.department.name,
                column=column.title if column else "",
                submitter=str(state.workflow_state.requested_by or ""),
                since=state.started_at,
                mine=user.pk in hands[chain.page_id],
            )
        )
    return lines


def unpublished_of(user):
    """Pages with an unpublished text that is the user's own or was last written by him."""
    mine = PortalPage.objects.filter(Q(owner=user) | Q(latest_revision__user=user))
    unpublished = mine.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    return unpublished.order_by("-latest_revision_created_at")


def drafts_of(user):
    """The user's unpublished texts: returned ones first, with the reason, then drafts."""
    pages = unpublished_of(user).filter(department_id__in=duties_of(user).officer_of)
    reviews = {
        int(review.object_id): review
        for review in WorkflowState.objects.active()
        .filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id__in=[str(page.pk) for page in pages],
        )
        .select_related("current_task_state__task")
    }
    lines = [_draft(page, reviews.get(page.pk)) for page in pages]
    return sorted(lines, key=lambda line: line.order)


def _draft(page, review):
    step = review and review.current_task_state
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if step is None:
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
