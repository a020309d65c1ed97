"""What each measure does once its people have signed: the only maker of measured authorities."""

from datetime import date

from django.utils.translation import gettext as _

from page_types.publication import measures, pins
from page_types.publication.measured import (
    Blanking,
    BreakGlass,
    EarlierText,
    EmergencyWithdrawal,
    Move,
    Reinstatement,
    Withdrawal,
)
from page_types.publication.models import Column, Event, Measure
from page_types.publication.move import move
from page_types.publication.publish import publish
from page_types.publication.texts import text_of
from page_types.publication.versions import hidden_at, text_of_event
from page_types.publication.withdraw import blank, withdraw
from page_types.review.errors import ReviewRefused
from page_types.review.measures import rules
from page_types.review.measures.situation import Situation
from page_types.review.remarks import services as remarks

Kind = Measure.Kind


def carry_out(measure, page, who):
    """Do it; returns the event. The ledger's lock and the page's must be held by the caller.

    Raises ReviewRefused, PublicationRefused or AddressTaken.
    """
    return _ACTS[measure.kind](measure, page, who)


def _withdraw(measure, page, who):
    return _take_down(measure, page, who, Withdrawal(measure))


def _at_once(measure, page, who):
    return _take_down(measure, page, who, EmergencyWithdrawal(measure))


def _take_down(measure, page, who, authority):
    end_review(page, who)
    return withdraw(
        measure.page_id,
        authority,
        who=who,
        reason_kind=measure.reason_kind,
        reason=measure.reason,
        successor_page_id=measure.detail.get("successor"),
        all_versions=measure.detail.get("all_versions", True),
    )


def end_review(page, who):
    """A review ends, returned or running; its approvals are void (by the signal in `closing`)."""
    if (review := page.current_workflow_state) is not None:
        review.cancel(user=who)


def _reinstate(measure, page, who):
    event = Situation(page).last_text
    if event is None:
        raise ReviewRefused(_("没有可以恢复的文本。"))
    return publish(text_of_event(event), Reinstatement(measure), who=who)


def _earlier(measure, page, who):
    event = Event.objects.select_related("text").get(pk=measure.detail["event"])
    return publish(text_of_event(event), EarlierText(measure), who=who)


def _move(measure, page, who):
    column = Column.objects.get(pk=measure.detail["column"])
    if column not in rules.columns_to_move_to(page):
        raise ReviewRefused(_("这个栏目不接受本处室的这类稿件。"))
    return move(measure.page_id, column, Move(measure), who=who)


def _break_glass(measure, page, who):
    """The text under review, as it stands; then the review is over."""
    review = Situation(page).review
    if review is None or review.pk != measure.detail["review"]:
        raise ReviewRefused(_("申请时的审核已经结束，请重新申请。"))
    text = text_of(review.current_task_state.revision)
    event = publish(text, BreakGlass(measure), who=who)
    end_review(page, who)
    return event


def _blank(measure, page, who):
    event = blank(measure.page_id, Blanking(measure), who=who)
    remarks.blank(measure.page_id, hidden_at(measure.page_id))
    return event


def _pin(measure, page, who):
    until = date.fromisoformat(measure.detail["until"])
    return _ended(measure, pins.pin(measure.page_id, who=who, until=until, reason=measure.reason))


def _unpin(measure, page, who):
    return _ended(measure, pins.unpin(measure.page_id, who=who, reason=measure.reason))


def _ended(measure, event):
    """Of those that no authority spends."""
    measures.end(measure, Measure.State.DONE, event)
    return event


_ACTS = {
    Kind.WITHDRAW: _withdraw,
    Kind.EMERGENCY: _at_once,
    Kind.REINSTATE: _reinstate,
    Kind.EARLIER: _earlier,
    Kind.MOVE: _move,
    Kind.PIN: _pin,
    Kind.UNPIN: _unpin,
    Kind.BREAK_GLASS: _break_glass,
    Kind.BLANK: _blank,
}
