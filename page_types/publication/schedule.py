"""Approved texts that wait for their time, and pages that come down at theirs.

Wagtail's own schedule is not used: it publishes past the ledger. The dates are sealed with the text
(`seals.seen_of`), so that nobody chooses another time after the approval. `carry_out_due()` is run
by `run_scheduler`: each change in its own transaction, going live before coming down; one refusal
stops no other and is told by the signal `refused`.
"""

import logging

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from page_types.publication.authorities import Sealed
from page_types.publication.errors import AddressTaken, PublicationRefused
from page_types.publication.models import Counter, Entry, Event, Schedule
from page_types.publication.seals import complete_seals, void_seals

log = logging.getLogger(__name__)

#: Sent with `schedule=` after a change that could not be carried out: somebody must be told.
refused = Signal()


def is_later(text):
    """Whether the text is to go public at a time that has not come."""
    return text.go_live_at is not None and text.go_live_at > timezone.now()


def check_dates(text):
    """Raise PublicationRefused for a date on which a page would come down before it went up."""
    if text.expire_at is None:
        return
    if text.expire_at <= timezone.now():
        raise PublicationRefused(_("到期撤下的时间已经过去，请修改后重新送审。"))
    if text.go_live_at and text.expire_at <= text.go_live_at:
        raise PublicationRefused(_("到期撤下的时间须晚于定时发布的时间，请修改后重新送审。"))


@transaction.atomic
def put_off(text, chain, *, who, source=Event.Source.ORDINARY):
    """Keep a completely sealed text until `text.go_live_at`; returns the Schedule.

    An older text of the page that waits is superseded. Raises PublicationRefused.
    """
    Counter.lock(Counter.EVENT)
    complete_seals(chain, text)
    check_dates(text)
    _cancel(_open(text.page_id, Schedule.What.GO_LIVE), _("已批准另一文本定时发布"), keep=chain)
    return _wait(Schedule.What.GO_LIVE, text, text.go_live_at, chain=chain, who=who, source=source)


def after_publication(text, event, chain=None):
    """What a publication changes of the page's schedule; called by `publish()` under its lock.

    A text that waited is older than the one that went out; the sealed date of coming down counts
    from now on, and an earlier one no longer.
    """
    _cancel(_open(text.page_id, Schedule.What.GO_LIVE), _("已发布更新的文本"), keep=chain)
    _cancel(_open(text.page_id, Schedule.What.EXPIRY), _("已发布更新的文本"), keep=chain)
    if text.expire_at:
        _wait(
            Schedule.What.EXPIRY,
            text,
            text.expire_at,
            chain=chain,
            who=event.who,
            source=event.source,
        )


def _wait(what, text, due_at, *, chain, who, source):
    return Schedule.objects.create(
        what=what,
        page_id=text.page_id,
        title=text.title,
        column_id=text.column_id,
        department_id=text.department_id,
        chain=chain,
        revision_id=text.revision_id,
        digest=text.digest,
        due_at=due_at,
        by=who,
        set_at=timezone.now(),
        source=source,
    )


def comes_down_at(page_id):
    """When the public page is to come down; None if it stays."""
    waiting = Schedule.objects.filter(
        page_id=page_id, what=Schedule.What.EXPIRY, state=Schedule.State.WAITING
    )
    return waiting.values_list("due_at", flat=True).first()


def _open(page_id, *what):
    """What waits for the page, and what could not be carried out and was not dealt with yet."""
    return Schedule.objects.filter(
        page_id=page_id, state__in=Schedule.OPEN, what__in=what or Schedule.What.values
    )


def cancel_for(page_id, why, who=None, *what):
    """End what is open for the page (of the kinds `what`, or all); its approvals are void.

    Returns the schedules that were ended. The transaction must be open.
    """
    return _cancel(_open(page_id, *what), why)


def _cancel(found, why, keep=None):
    ended = list(found.select_for_update(of=("self",)).select_related("chain"))
    for schedule in ended:
        _end(schedule, Schedule.State.CANCELLED, why)
        if schedule.what == Schedule.What.GO_LIVE and schedule.chain != keep:
            void_seals(schedule.chain, why)
    return ended


def _end(schedule, state, why="", event=None):
    schedule.state, schedule.ended_why, schedule.ended_at = state, why[:300], timezone.now()
    schedule.event_number = event and event.number
    schedule.save(update_fields=["state", "ended_why", "ended_at", "event_number"])


def carry_out_due(now=None):
    """Do all that is due; returns (done, refused) as numbers."""
    due = Schedule.objects.filter(
        state=Schedule.State.WAITING, due_at__lte=now or timezone.now()
    ).order_by("due_at", "-what", "pk")  # "go_live" before "expiry"
    counted = {True: 0, False: 0}
    for pk in list(due.values_list("pk", flat=True)):
        if (done := _carry_out(pk)) is not None:
            counted[done] += 1
    return counted[True], counted[False]


def told():
    """`carry_out_due()` as periodic work: a sentence for the log when there was anything."""
    done, not_done = carry_out_due()
    return f"已执行 / done: {done}；未能执行 / refused: {not_done}" if done or not_done else ""


def _carry_out(pk):
    """Whether it was done; None if another process did it or it was cancelled meanwhile."""
    try:
        with transaction.atomic():
            Counter.lock(Counter.EVENT)
            schedule = Schedule.objects.select_related("chain", "by").get(pk=pk)
            if schedule.state != Schedule.State.WAITING:
                return None
            event = _ACTS[schedule.what](schedule)
            _end(schedule, Schedule.State.DONE, event=event)
            return True
    except (PublicationRefused, AddressTaken) as problem:
        _refuse(pk, getattr(problem, "reason", "") or "；".join(problem.messages))
    except Exception as problem:
        # Whatever it is, the others must go out; it is told, and not tried again every minute.
        log.exception("schedule %s could not be carried out", pk)
        _refuse(pk, f"{type(problem).__name__}: {problem}")
    return False


def _refuse(pk, why):
    with transaction.atomic():
        schedule = Schedule.objects.select_for_update(of=("self",)).get(pk=pk)
        _end(schedule, Schedule.State.REFUSED, why)
        refused.send(Schedule, schedule=schedule)


def _go_live(schedule):
    from page_types.publication.publish import publish
    from page_types.publication.texts import text_of

    revision = Revision.objects.filter(pk=schedule.revision_id).first()
    if revision is None:
        raise PublicationRefused(_("已批准的版本不存在了，请重新送审。"))
    shown_at = schedule.due_at if schedule.source == Event.Source.DEMO else None
    return publish(
        text_of(revision),
        Sealed(schedule.chain),
        who=schedule.by,
        shown_at=shown_at,
        source=schedule.source,
    )


def _come_down(schedule):
    from page_types.publication.authorities import Expiry
    from page_types.publication.withdraw import withdraw

    if not Entry.objects.filter(pk=schedule.page_id).exists():
        raise PublicationRefused(_("页面已不在公开状态。"))
    return withdraw(
        schedule.page_id, Expiry(schedule), who=schedule.by, reason_kind="expired", reason=""
    )


_ACTS = {Schedule.What.GO_LIVE: _go_live, Schedule.What.EXPIRY: _come_down}
