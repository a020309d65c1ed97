"""Follows the ledger: every publication by people gives its publisher a page to look at.

The number of the last event dealt with is kept, so that a process that dies between the commit and
the call loses nothing: the next publication, or the clock, goes on from there.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from page_types.organisation import calendar
from page_types.publication.models import Counter, Event
from page_types.publication.versions import PUBLICATIONS, page_of
from page_types.review.follow_up import reporting
from page_types.review.follow_up.models import PostPublishCheck

#: Name of the counter: the number of the last event dealt with.
FOLLOWED = "review/follow-up"
BATCH = 200
#: What takes an earlier matter over: another text stands there, or none.
SETTLING = (*PUBLICATIONS, Event.What.WITHDRAWN)


def after_commit(instance, **kwargs):
    """Receiver of new events: the publication is done and does not wait for us."""
    transaction.on_commit(follow, robust=True)


def follow():
    """Deal with the events since the last time; returns a sentence for the log, if any."""
    made = 0
    while _is_behind():
        made += _follow_batch()
    return f"发布后检查 / to check: {made}" if made else ""


def _is_behind():
    last = Counter.objects.filter(pk=FOLLOWED).values_list("value", flat=True).first() or 0
    return Event.objects.filter(number__gt=last).exists()


@transaction.atomic
def _follow_batch():
    """How many checks the next events made; whoever else follows at this moment waits."""
    place = Counter.lock(FOLLOWED)
    events = list(Event.objects.filter(number__gt=place.value).order_by("number")[:BATCH])
    made = sum(_deal_with(event) for event in events)
    if pages := [page_of(event) for event in events if event.what in PUBLICATIONS]:
        reporting.refresh(reporting.concerned_by(pages))
    if events:
        place.value = events[-1].number
        place.save(update_fields=["value"])
    return made


def _deal_with(event):
    """Settle what was open about the page; True if somebody must look at what stands there now."""
    if event.what in SETTLING:
        open_checks().filter(page_id=page_of(event)).update(settled_by=event)
    if not _asks_people(event):
        return False
    _check_of(event).save()
    return True


def _asks_people(event):
    """The plan's own publications have no publisher, and a demonstration is nobody's duty."""
    return (
        event.what in PUBLICATIONS
        and event.who_id is not None
        and event.source == Event.Source.ORDINARY
    )


def due_of(event):
    """By when the page of a publication must have been looked at, as a Deadline."""
    day = timezone.localtime(event.at).date()
    return calendar.add_working_days(day, settings.PORTAL_POST_PUBLISH_DAYS)


def _check_of(event):
    deadline = due_of(event)
    return PostPublishCheck(
        event=event,
        page_id=page_of(event),
        publisher_id=event.who_id,
        department_id=event.department_id,
        due=deadline.day,
        provisional=deadline.provisional,
    )


def open_checks():
    """Those of texts that are still public and about which something is to be done."""
    return PostPublishCheck.objects.filter(settled_by=None).exclude(
        outcome=PostPublishCheck.Outcome.FINE
    )
