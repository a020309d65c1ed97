"""The verbs of measures: ask, decide, refuse, take back, countersign. All of it or nothing."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from page_types.organisation.calendar import add_working_days
from page_types.publication import measures
from page_types.publication.models import Counter, Measure
from page_types.publication.seals import seen_of
from page_types.publication.texts import text_of
from page_types.review import rules as review_rules
from page_types.review.errors import ReviewRefused
from page_types.review.measures import acts, rules, telling
from page_types.review.measures.situation import Situation

alarm = logging.getLogger(__name__)

Kind, State = Measure.Kind, Measure.State
#: Names of the log actions; what exactly stands in their data.
ASKED, DONE, REFUSED, TAKEN_BACK, COUNTERSIGNED = (
    f"review.measure_{verb}" for verb in ("asked", "done", "refused", "taken_back", "countersigned")
)


def _locked(page_id):
    """The page's row as its type, under the ledger's lock and its own, in the order of all."""
    Counter.lock(Counter.EVENT)
    return Page.objects.select_for_update().get(pk=page_id).specific


@transaction.atomic
def ask(kind, page, user, *, reason, reason_kind="", **detail):
    """Ask for a measure, or do it where one person may; returns the Measure.

    `detail` by kind: `successor` (page id) and `all_versions` of a withdrawal, `event` of an
    earlier text, `column` (id) of a move, `until` (ISO date) of a pin. Raises ReviewRefused.
    """
    with review_rules.told_as_refusal():
        page = _locked(page.pk)
        situation = Situation(page)
        if why := rules.why_not(kind, user, situation):
            raise ReviewRefused(why)
        more = {"detail": {**detail, **_facts(kind, situation, detail)}}
        if kind == Kind.EMERGENCY:
            more["countersign_due"] = _next_working_day(timezone.localdate())
        measure = measures.ask(
            kind, page_id=page.pk, title=_title(situation), by=user, reason=reason,
            reason_kind=reason_kind, column_id=situation.column.pk,
            department_id=page.department_id, **more,
        )  # fmt: skip
        if kind not in rules.AT_ONCE:
            _log(page, ASKED, user, measure)
            telling.asked(measure)
            return measure
        acts.carry_out(measure, page, user)
        return _done(page, user, measure)


@transaction.atomic
def approve(measure, user, answer=""):
    """The office agrees, as another person, and it is done; returns the Measure."""
    with review_rules.told_as_refusal():
        page = _locked(measure.page_id)
        measure = measures.read(measure.pk)
        if why := rules.why_not_decide(measure, user):
            raise ReviewRefused(why)
        measures.sign(measure, user, answer)
        acts.carry_out(measure, page, user)
        return _done(page, user, measure)


@transaction.atomic
def refuse(measure, user, answer):
    """The office does not agree, and says why."""
    with review_rules.told_as_refusal():
        page = _locked(measure.page_id)
        measure = measures.read(measure.pk)
        if why := rules.why_not_decide(measure, user):
            raise ReviewRefused(why)
        if not (answer or "").strip():
            raise ReviewRefused(_("不同意必须写明原因。"))
        measures.sign(measure, user, answer)
        measures.end(measure, State.REFUSED)
        _log(page, REFUSED, user, measure)
        telling.refused(measure)
        return measure


@transaction.atomic
def take_back(measure, user):
    """Whoever asked takes it back before anybody has decided."""
    page = _locked(measure.page_id)
    measure = measures.read(measure.pk)
    if not rules.may_take_back(measure, user):
        raise ReviewRefused(_("只有申请人可以在决定之前撤回申请。"))
    measures.end(measure, State.CANCELLED)
    _log(page, TAKEN_BACK, user, measure)
    return measure


@transaction.atomic
def countersign(measure, user, answer=""):
    """Another person puts his name to what an officer had to do alone."""
    with review_rules.told_as_refusal():
        page = _locked(measure.page_id)
        measure = measures.read(measure.pk)
        if why := rules.why_not_countersign(measure, user):
            raise ReviewRefused(why)
        measures.sign(measure, user, answer)
        _log(page, COUNTERSIGNED, user, measure)
        telling.countersigned(measure)
        return measure


def _done(page, user, measure):
    measure = measures.read(measure.pk)
    _log(page, DONE, user, measure)
    telling.done(measure)
    if measure.kind == Kind.BREAK_GLASS:
        alarm.critical(
            "break glass: page %s public without its whole chain, event %s, by users %s and %s",
            measure.page_id, measure.event_number, measure.asked_by_id, measure.second_by_id,
        )  # fmt: skip
    return measure


def _log(page, action, user, measure):
    log(
        instance=page,
        action=action,
        user=user,
        data={
            "measure": measure.pk,
            "kind": measure.kind,
            "what": str(measure.get_kind_display()),
            "reason": measure.reason,
            "answer": measure.answer,
            "event": measure.event_number,
        },
    )


def _facts(kind, situation, detail):
    """What the service itself finds out, and refuses."""
    if kind == Kind.EARLIER and detail.get("event") not in {
        version.event.pk for version in situation.earlier
    }:
        raise ReviewRefused(_("请选择一个以前公开过的文本。"))
    if kind == Kind.MOVE and detail.get("column") not in {
        column.pk for column in rules.columns_to_move_to(situation.page)
    }:
        raise ReviewRefused(_("这个栏目不接受本处室的这类稿件。"))
    if kind == Kind.BREAK_GLASS:
        return _of_review(situation.review)
    return {}


def _of_review(review):
    """Which text is meant, and what its chain lacks."""
    chain = review_rules.chain_of(review)
    if chain is None:
        raise ReviewRefused(_("这份稿件没有按审核链送审。"))
    seen = seen_of(text_of(review.current_task_state.revision))
    sealed = set(chain.seals.filter(state="valid", seen=seen).values_list("task_id", flat=True))
    missing = [step["title"] for step in chain.steps if step["task"] not in sealed]
    return {
        "review": review.pk,
        "seen": seen,
        "missing": missing,
        "task_state": review.current_task_state_id,
    }


def _title(situation):
    if situation.entry:
        return situation.entry.title
    return situation.page.draft_title or situation.page.title


def recompute():
    """The days by which emergencies are to be countersigned, after a change of the calendar."""
    measures.recompute_countersigning(_next_working_day)


def _next_working_day(day):
    return add_working_days(day, 1).day
