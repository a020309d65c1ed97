"""The verbs on what is public: publish, correct, withdraw, repair. Each logs, notes and tells."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from extensions.base.reviewing import RecordRefused
from extensions.credit import statements
from extensions.credit.keeping import keep
from extensions.credit.models import PublicNote
from extensions.credit.models.states import State
from extensions.credit.periods import Periods
from extensions.credit.taking import (
    answered,
    keep_taken,
    of_public,
    public_text,
    reason_of,
    take,
    unchanged,
)
from page_types.organisation.duties import holders
from page_types.organisation.models import Post
from page_types.publication.demo import played_date
from page_types.review import notices
from search import indexing

What = PublicNote.What


@transaction.atomic
def make_public(record, user, reason):
    """Show a reviewed record that the rule does not show by itself (a light penalty)."""
    record = answered(record, user)
    if record.state != State.REVIEWED:
        raise RecordRefused(_("只有“已审核，未公示”的记录可以这样公示。"))
    reason = reason_of(record, reason)
    if record.kind == "penalty":
        record.shown_anyway = True
    publish(record, user, reason)
    return record


def publish(record, user, reason=""):
    """Show an approved record; one whose time is over already is kept and was never public."""
    played = played_date()  # a demonstration's
    record.public_on = timezone.localdate(played) if played else timezone.localdate()
    record.state = State.PUBLIC
    if not Periods().apply(record).is_shown:
        record.state, record.public_on = State.OVER, None
        record.ended_on = timezone.localdate()
        keep(record, user, _("审核通过；公示期此前已满，不公示"))
        log(instance=record, action="credit.over", user=user)
        return
    keep(record, user, reason or _("审核通过，公示"))
    _note(record, What.PUBLISHED, "", record.public_on)
    statements.overtake(record, user)
    log(instance=record, action="credit.publish", user=user, data={"reason": reason})
    touch(record)


def _note(record, what, text, on=None):
    on = on or timezone.localdate()
    PublicNote(kind=record.kind, record_id=record.pk, what=what, on=on, text=text).save()


def touch(*records):
    """Search takes the records anew after the transaction."""
    indexing.changed("credit", [f"{each.kind}/{each.pk}" for each in records])


@transaction.atomic
def correct(record, user, values, reason, note, version=None):
    """Change a public record: why goes into its history, `note` below it for everybody."""
    record = answered(record, user)
    of_public(record)
    unchanged(record, version)
    reason = reason_of(record, reason, _("更正必须写明原因。"))
    note = public_text(record, note, _("更正必须写明公开说明。"))
    before = record.values(), getattr(record, "severity", "")
    take(record, values)
    if (record.values(), getattr(record, "severity", "")) == before:
        raise RecordRefused(_("没有任何改动。"))
    record.corrected_on = timezone.localdate()
    keep_taken(record, user, reason)
    public_text(record, note, "")  # the name may be the corrected one
    _note(record, What.CORRECTED, note)
    statements.overtake(record, user)
    log(instance=record, action="credit.correct", user=user, data={"reason": reason})
    _tell_reviewers(record, user, _("已更正：%(title)s"), reason)
    touch(record)
    return record


@transaction.atomic
def withdraw(record, user, reason, note, cause_on=None):
    """Take a record back: visitors keep the number, the day and the note; the office all."""
    record = answered(record, user)
    of_public(record)
    reason = reason_of(record, reason, _("撤下必须写明原因。"))
    note = public_text(record, note, _("撤下必须写明公开说明（行政处罚法第四十八条）。"))
    today = timezone.localdate()
    if cause_on and not record.decided_on <= cause_on <= today:
        raise RecordRefused(_("变更、撤销日期应在决定日期和今天之间。"))
    record.state, record.ended_on, record.cause_on = State.WITHDRAWN, today, cause_on
    keep(record, user, reason)
    _note(record, What.WITHDRAWN, note)
    log(instance=record, action="credit.withdraw", user=user, data={"reason": reason})
    _tell_reviewers(record, user, _("已撤下：%(title)s"), reason)
    touch(record)
    return record


@transaction.atomic
def repair(record, user, reason):
    """信用修复: a penalty leaves before its time, after the shortest period and no earlier."""
    record = answered(record, user)
    of_public(record)
    if record.kind != "penalty":
        raise RecordRefused(_("信用修复只用于行政处罚。"))
    reason = reason_of(record, reason, _("请写明信用修复的依据（决定文号、日期）。"))
    today = timezone.localdate()
    if record.min_until and today < record.min_until:
        raise RecordRefused(
            _("最短公示期到 %(day)s 才满，此前不能修复。") % {"day": record.min_until.isoformat()}
        )
    record.state, record.ended_on = State.REPAIRED, today
    keep(record, user, reason)
    _note(record, What.REPAIRED, "")
    log(instance=record, action="credit.repair", user=user, data={"reason": reason})
    touch(record)
    return record


def _tell_reviewers(record, user, subject, reason):
    notices.notify(
        holders(Post.REVIEWER, record.department_id).exclude(pk=user.pk),
        "credit",
        subject % {"title": record},
        "credit_changed",
        {"record": record, "by": user, "reason": reason},
        record.review_url(),
    )
