"""The records of measures: written here alone, so that authorities can read them as proof.

Who may ask and decide is asked by the services of the review room; that two different persons stand
behind a measure, and hold the posts it takes, each authority proves again.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Measure

State = Measure.State


def ask(kind, *, page_id, title, column_id, department_id, by, reason, reason_kind="", **more):
    """Record what `by` asks for; returns the Measure. Refuses an empty reason or a second asking.

    `more`: `countersign_due` (a date, emergencies only), and `detail` (JSON), what exactly.
    """
    reason = (reason or "").strip()
    if not reason:
        raise PublicationRefused(_("请写明理由。"))
    if Measure.objects.filter(page_id=page_id, kind=kind, state=State.ASKED).exists():
        raise PublicationRefused(_("这个页面已有同样的申请待决定，不必重复提出。"))
    return Measure.objects.create(
        kind=kind, page_id=page_id, title=title[:255], column_id=column_id,
        department_id=department_id, reason_kind=reason_kind, reason=reason[:500], asked_by=by,
        asked_at=timezone.now(), **more,
    )  # fmt: skip


def read(pk):
    """The measure as it stands, locked until the end of the transaction."""
    return (
        Measure.objects.select_for_update(of=("self",))
        .select_related("asked_by", "second_by", "column", "department")
        .get(pk=pk)
    )


def recompute_countersigning(due_after):
    """The calendar has changed: `due_after(day)` gives the day for emergencies still open anew."""
    alone = {"kind": Measure.Kind.EMERGENCY, "state": State.DONE, "second_by": None}
    for measure in Measure.objects.select_for_update().filter(**alone):
        due = due_after(timezone.localdate(measure.asked_at))
        if due != measure.countersign_due:
            Measure.objects.filter(pk=measure.pk).update(countersign_due=due)


def sign(measure, by, answer=""):
    """`by` puts his name to a measure as the second person; refuses whoever asked for it."""
    if by.pk == measure.asked_by_id:
        raise PublicationRefused(_("申请人不能同时是决定人，须由另一人决定。"))
    if measure.second_by_id is not None:
        raise PublicationRefused(_("这一项已有人决定。"))
    measure.second_by, measure.second_at = by, timezone.now()
    measure.answer = (answer or "").strip()[:500]
    measure.save(update_fields=["second_by", "second_at", "answer"])


def end(measure, state, event=None):
    """The measure was carried out (by the event), refused or taken back."""
    measure.state, measure.event_number = state, event and event.number
    measure.save(update_fields=["state", "event_number"])
