"""What waits for whom: the queue of a reviewer, all running reviews."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState

from page_types.organisation.duties import duties_of
from page_types.publication.models import Chain
from page_types.publication.snapshot import snapshot
from page_types.review import rules
from page_types.review.chains import STEPS
from page_types.review.deadlines.left import in_words
from page_types.review.deadlines.terms import running
from page_types.review.deputies.models import StuckStep
from page_types.review.lines import Lines


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
    due: date | None = None
    provisional: bool = False  # the holidays until then are not announced yet
    stuck: bool = False  # nobody is left who may decide

    @property
    def waited(self):
        return waited(self.since)

    @property
    def left(self):
        """The working days left, or by how many it is late, in words; empty without a deadline."""
        return in_words(self.due, self.provisional) if self.due else ""

    @property
    def overdue(self):
        return self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True)
class Summary:
    """A queue in numbers. `mine`: on which the user may decide, `late` of them past their day."""

    total: int
    oldest: datetime | None
    mine: int
    oldest_of_mine: datetime | None
    late: int

    @property
    def barred(self):
        """In how many texts of the queue the user has a hand."""
        return self.total - self.mine


class Viewer:
    """What all lists of one user ask for, asked once."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def columns(self):
        return snapshot().by_id

    @cached_property
    def hands_in(self):
        """The pages under review in whose texts the user has a hand."""
        touched = self._touched()
        if not touched:
            return set()
        hands = rules.people_with_a_hand(touched)
        return {page for page in touched if self.user.pk in hands[page]}

    @property
    def decidable(self):
        """The condition on task states in whose texts the user has no hand."""
        reviews = Chain.objects.filter(page_id__in=self.hands_in).values("review_id")
        return ~Q(workflow_state_id__in=reviews) if self.hands_in else Q(pk__isnull=False)

    def _touched(self):
        """Pages under review of which the user may have written something.

        A first sieve by his own rows: the exact question is not asked of ten thousand pages.
        """
        chains = Chain.objects.filter(review_id__in=running().values("workflow_state_id"))
        numbers = chains.annotate(number=Cast("page_id", CharField())).values("number")
        of_pages = {
            "base_content_type": ContentType.objects.get_for_model(Page),
            "object_id__in": numbers,
        }
        texts = Revision.objects.filter(user=self.user, **of_pages)
        logged = PageLogEntry.objects.filter(
            user=self.user, action__in=rules.HANDS_ON, page_id__in=chains.values("page_id")
        ).annotate(object_id=Cast("page_id", CharField()))
        asked = WorkflowState.objects.active().filter(requested_by=self.user, **of_pages)
        found = (each.order_by().values_list("object_id") for each in (texts, logged, asked))
        first, *others = found
        return sorted({int(pk) for (pk,) in first.union(*others)})


class Queue(Lines):
    """Reviews in the order of their deadlines, for the eyes of one user."""

    def __init__(self, states, viewer):
        states = states.filter(workflow_state_id__in=Chain.objects.values("review_id"))
        self.states, self.viewer = states, viewer
        super().__init__(
            states.order_by(F("deadline__due").asc(nulls_last=True), "started_at", "pk")
            .select_related("task", "workflow_state__requested_by", "revision", "deadline")
            .defer("revision__content")
            .annotate(
                stuck=Exists(
                    StuckStep.objects.filter(
                        chain__review_id=OuterRef("workflow_state_id"), task_id=OuterRef("task_id")
                    )
                )
            ),
            self._lines,
        )

    @property
    def decidable(self):
        """The states on which the user may decide, his duty provided."""
        return self.states.filter(self.viewer.decidable)

    @cached_property
    def summary(self):
        mine = self.viewer.decidable
        return Summary(
            **self.states.aggregate(
                total=Count("pk"),
                oldest=Min("started_at"),
                mine=Count("pk", filter=mine),
                oldest_of_mine=Min("started_at", filter=mine),
                late=Count("pk", filter=mine & Q(deadline__due__lt=timezone.localdate())),
            )
        )

    @cached_property
    def _count(self):
        return self.summary.total

    def without(self, part):
        """The rest of this queue, of which `part` is a part (its number is known then)."""
        rest = Queue(self.states.exclude(pk__in=part.states.values("pk")), self.viewer)
        rest._count = len(self) - len(part)
        return rest

    def first_url(self):
        """Where the first text is read on which the user may decide; empty if there is none."""
        first = self.found.filter(self.viewer.decidable).values_list("pk", flat=True).first()
        return reverse("review:screen", args=[first]) if first else ""

    def _lines(self, states):
        chains = {
            chain.review_id: chain
            for chain in Chain.objects.filter(
                review_id__in=[state.workflow_state_id for state in states]
            ).select_related("department")
        }
        columns, barred = self.viewer.columns, self.viewer.hands_in
        return [
            _line(state, chains[state.workflow_state_id], columns, barred)
            for state in states
            if state.workflow_state_id in chains
        ]


def _line(state, chain, columns, barred):
    column = columns.get(chain.column_id)
    deadline = getattr(state, "deadline", None)
    return Waiting(
        title=state.revision.object_str,
        url=reverse("review:screen", args=[state.pk]),
        step=state.task.name,
        department=chain.department.name,
        column=column.title if column else "",
        submitter=str(state.workflow_state.requested_by or ""),
        since=state.started_at,
        mine=chain.page_id in barred,
        due=deadline and deadline.due,
        provisional=bool(deadline and deadline.provisional),
        stuck=state.stuck,
    )


def waiting_for(user, viewer=None):
    """Texts at a step that is the user's duty, the nearest deadline first."""
    return Queue(running().filter(_of_duty(duties_of(user))), viewer or Viewer(user))


def all_waiting(user, viewer=None):
    """Every text in review that the user may see, the nearest deadline first."""
    states, duties = running(), duties_of(user)
    if not duties.sees_all:
        chains = Chain.objects.filter(department_id__in=duties.departments)
        states = states.filter(workflow_state_id__in=chains.values("review_id"))
    return Queue(states, viewer or Viewer(user))


def _of_duty(duties):
    """The condition on task states: their step is a duty, of their department where it is held so.

    The tasks are told by their type: there is one row of each.
    """
    found = Q(pk__in=[])
    for model in STEPS.values():
        at_step = Q(task__content_type=ContentType.objects.get_for_model(model))
        if not model.of_department:
            found |= at_step if model.post in duties.posts else Q(pk__in=[])
        elif departments := model.departments_of(duties):
            chains = Chain.objects.filter(department_id__in=departments)
            found |= at_step & Q(workflow_state_id__in=chains.values("review_id"))
    return found
