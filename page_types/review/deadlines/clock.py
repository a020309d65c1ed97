"""What the clock does about deadlines: keeps them in line with the calendar, reminds once a day."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.organisation import calendar
from page_types.organisation.duties import holders
from page_types.organisation.models import Post
from page_types.publication import scheduler
from page_types.publication.models import Chain
from page_types.review import rules
from page_types.review.deadlines import terms
from page_types.review.deadlines.models import StepDeadline
from page_types.review.notices import kinds, notify

KIND = "overdue"
#: How many titles a reminder names; the queue has them all.
NAMED = 20


def connect():
    """Called once, when the room is ready."""
    terms.connect()
    kinds.register(KIND, gettext_lazy("审核逾期"))
    scheduler.register("deadlines", keep, every=timedelta(hours=1))
    scheduler.register("overdue", remind, every=timedelta(minutes=30))


def keep():
    """Deadlines for steps that began before there were any, and those the calendar moved."""
    given = terms.give_deadlines(terms.running())
    moved = terms.recompute()
    return f"期限 / deadlines: +{given}，变动 / moved: {moved}" if given or moved else ""


def remind(today=None):
    """Tell the people of each overdue step, and the office, once on each working day.

    One notice a person, whatever the number of reviews: it names the longest overdue ones.
    """
    today = today or timezone.localdate()
    if not calendar.is_working_day(today):
        return ""
    overdue = list(
        StepDeadline.objects.filter(task_state__in=terms.running(), due__lt=today)
        .exclude(reminded_on=today)
        .select_related("task_state__task", "task_state__revision")
        .defer("task_state__revision__content")
        .order_by("due", "pk")
    )
    if not overdue:
        return ""
    with transaction.atomic():
        for person, lines in _by_person(overdue, today).items():
            notify(
                [person],
                KIND,
                _("有 %(count)d 件稿件审核逾期") % {"count": len(lines)},
                "overdue",
                {"lines": lines[:NAMED], "more": max(0, len(lines) - NAMED)},
                reverse("review:queue"),
            )
        open_ones = StepDeadline.objects.filter(pk__in=[each.pk for each in overdue])
        open_ones.update(reminded_on=today)
    return f"逾期提醒 / overdue: {len(overdue)}"


def _by_person(overdue, today):
    """User -> what he is told: his own steps, and for the office all of them."""
    chains = {
        chain.review_id: chain
        for chain in Chain.objects.filter(
            review_id__in={each.task_state.workflow_state_id for each in overdue}
        ).select_related("department")
    }
    hands = rules.people_with_a_hand({chain.page_id for chain in chains.values()})
    office, people, found = set(holders(Post.OFFICE)), {}, defaultdict(list)
    for deadline in overdue:
        state = deadline.task_state
        chain, task = chains.get(state.workflow_state_id), state.task
        if chain is None:
            continue
        place = task.pk, chain.department_id
        if place not in people:
            people[place] = set(task.specific.people(chain))
        line = {
            "title": state.revision.object_str,
            "step": task.name,
            "department": chain.department.name,
            "days": calendar.working_days_between(deadline.due, today),
        }
        able = {p for p in people[place] if p.pk not in hands[chain.page_id]}
        for person in able | office:
            found[person].append(line)
    return found
