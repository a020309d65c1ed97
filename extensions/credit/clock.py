"""What the clock does: records whose period is over, days that a changed calendar moves."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from extensions.base.records.history import bulk_update_with_history
from extensions.credit import services
from extensions.credit.keeping import keep
from extensions.credit.models import KINDS, Penalty
from extensions.credit.models.states import State
from extensions.credit.periods import Periods, due_on

#: Records that one transaction deals with.
BATCH = 200


def expire_due():
    """End the publicity of what is over; visitors have ceased to see it at midnight."""
    count = 0
    for model in KINDS.values():
        due = model.objects.filter(state=State.PUBLIC, shown_until__lt=timezone.localdate())
        while batch := list(due.order_by("pk").values_list("pk", flat=True)[:BATCH]):
            count += _end(model, batch)
    return f"公示期满 / publicity over: {count}" if count else ""


@transaction.atomic
def _end(model, keys):
    periods, today = Periods(), timezone.localdate()
    records = list(
        model.objects.select_for_update(of=("self",)).filter(
            pk__in=keys, state=State.PUBLIC, shown_until__lt=today
        )
    )
    for record in records:
        record.state, record.ended_on = State.OVER, record.shown_until
        keep(record, None, _("公示期满"), periods)
        log(instance=record, action="credit.over")
    services.touch(*records)
    return len(records)


def recompute_days():
    """Bring the days of what waits in line with the calendar as it is; says how many moved."""
    moved = 0
    for model in KINDS.values():
        waiting = model.objects.filter(state__in=[State.DRAFT, State.IN_REVIEW])
        for pk, decided_on, was in waiting.values_list("pk", "decided_on", "due_on"):
            if (now := due_on(decided_on)) != was:
                moved += model.objects.filter(pk=pk).update(due_on=now)
    moved += _recompute_periods()
    return f"期限变动 / days moved: {moved}" if moved else ""


def _recompute_periods():
    """Bring the periods of public penalties in line with the rules as they are."""
    moved, names = 0, ("min_until", "max_until", "shown_until")
    public = Penalty.objects.filter(state=State.PUBLIC).order_by("pk")
    keys = list(public.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        moved += _move_periods(keys[start : start + BATCH], names)
    return moved


@transaction.atomic
def _move_periods(keys, names):
    periods, changed = Periods(), []
    found = Penalty.objects.select_for_update(of=("self",)).filter(state=State.PUBLIC, pk__in=keys)
    for record in found:
        before = [getattr(record, name) for name in names]
        if [getattr(periods.apply(record), name) for name in names] != before:
            record.version += 1
            record.changed_at = timezone.now()
            changed.append(record)
    fields = [*names, "version", "changed_at"]
    bulk_update_with_history(changed, fields, None, _("公示期限规则或处罚类别变动，重新计算"))
    services.touch(*changed)
    return len(changed)


def work():
    """Both, for the scheduler; what there is to say."""
    return "；".join(filter(None, (recompute_days(), expire_due())))
