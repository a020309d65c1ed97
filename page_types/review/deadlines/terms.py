"""The working days of each step, and the deadline of a step that begins."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted

from page_types.organisation import calendar
from page_types.publication.models import Chain
from page_types.review.deadlines.models import StepDeadline, StepTerm

#: Where the plan has said nothing of a step (a chain that it dropped while reviews run).
DEFAULT_DAYS = 3


def running():
    """Task states at which a running review stands."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )


@transaction.atomic
def set_terms(terms):
    """Make `terms`, (chain, step) -> working days, the terms of all chains.

    Returns what has changed, with None for what is gone. Steps that have begun keep their day.
    """
    present = {(term.chain, term.step): term.days for term in StepTerm.objects.all()}
    changed = {
        place: terms.get(place)
        for place in {*present, *terms}
        if present.get(place) != terms.get(place)
    }
    for (chain, step), days in changed.items():
        if days is None:
            StepTerm.objects.filter(chain=chain, step=step).delete()
        else:
            StepTerm.objects.update_or_create(chain=chain, step=step, defaults={"days": days})
    return dict(sorted(changed.items()))


def connect():
    """Called once, when the room is ready."""
    task_submitted.connect(_begun, sender=TaskState, dispatch_uid="review_deadline")
    calendar.on_calendar_change(recompute)


def _begun(instance, **kwargs):
    give_deadlines(TaskState.objects.filter(pk=instance.pk))


def give_deadlines(states):
    """Give every one of the task states that has none its deadline; returns how many."""
    states = states.filter(deadline=None).select_related("task")
    terms = {(term.chain, term.step): term.days for term in StepTerm.objects.all()}
    known, given = {}, []
    states = list(states)
    chains = dict(
        Chain.objects.filter(
            review_id__in={state.workflow_state_id for state in states}
        ).values_list("review_id", "name")
    )
    for state in states:
        step = getattr(state.task.specific, "step", "")
        chain = chains.get(state.workflow_state_id)
        if chain is None or not step:
            continue  # not one of our chains
        days = terms.get((chain, step), DEFAULT_DAYS)
        began = timezone.localtime(state.started_at).date()
        if (began, days) not in known:
            known[began, days] = calendar.add_working_days(began, days)
        deadline = known[began, days]
        given.append(
            StepDeadline(
                task_state=state,
                began=began,
                days=days,
                due=deadline.day,
                provisional=deadline.provisional,
            )
        )
    StepDeadline.objects.bulk_create(given, ignore_conflicts=True)
    return len(given)


def recompute():
    """Bring open deadlines in line with the calendar as it is now; returns how many moved."""
    moved = 0
    open_ones = StepDeadline.objects.filter(task_state__in=running())
    for began, days in open_ones.order_by().values_list("began", "days").distinct():
        deadline = calendar.add_working_days(began, days)
        moved += (
            open_ones.filter(began=began, days=days)
            .exclude(due=deadline.day, provisional=deadline.provisional)
            .update(due=deadline.day, provisional=deadline.provisional)
        )
    return moved
