"""The verbs of remarks: note, take a suggestion, settle. Each checks, acts, logs and tells at once.

Taking a suggestion is one act: return, new revision by the author, resubmission (design, 6). The
taker counts as an editor from then on; the proposer has written nothing and may still approve.
"""

import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page, Task, WorkflowState

from page_types.publication.seals import seen_of, void_seals
from page_types.publication.texts import text_of, text_of_data
from page_types.review import rules, services
from page_types.review.checks import secrecy
from page_types.review.checks.models import OverriddenCheck
from page_types.review.errors import ReviewRefused
from page_types.review.leaves import put
from page_types.review.remarks import telling
from page_types.review.remarks.matching import find
from page_types.review.remarks.models import Remark

REMARKED, TAKEN = "review.remark", "review.take_suggestion"
SETTLED = "review.settle_remark"
State = Remark.State


def why_not_remark(task_state, user):
    """Why the user may not remark on this review; empty if he may.

    Whoever has a step of the chain may, before and after his turn, without deciding anything.
    """
    review = task_state.workflow_state
    chain = rules.chain_of(review)
    if chain is None or review.status != WorkflowState.STATUS_IN_PROGRESS:
        return _("稿件不在审核中，不能再提意见。")
    tasks = Task.objects.filter(pk__in=[step["task"] for step in chain.steps]).specific()
    if not any(task.is_duty_of(user, chain) for task in tasks):
        return _("您不是这条审核链上的审核人，不能提意见。")
    return ""


@transaction.atomic
def remark(task_state, user, *, anchor="", quote="", wording=None, body=""):
    """Note something on the text under review; `wording` makes it a suggestion. Returns the Remark.

    Raises ReviewRefused, e.g. where the quoted words are not found exactly once.
    """
    with rules.told_as_refusal():
        state = rules.lock_review(task_state)
        if why := why_not_remark(state, user):
            raise ReviewRefused(why)
        text = text_of(state.revision)
        place, body = "", body.strip()
        if quote:
            leaf = find(text, quote, anchor)
            anchor, place = leaf.anchor, leaf.label
            if wording is not None:
                _check(leaf, quote, wording)
        elif wording is not None:
            raise ReviewRefused(_("建议改写须写明原文是哪些字。"))
        elif not body:
            raise ReviewRefused(_("请写明意见，或写明原文和建议的文字。"))
        note = Remark.objects.create(
            page_id=text.page_id, chain=rules.chain_of(state.workflow_state),
            task_state_id=state.pk, step=state.task.name, digest=text.digest, anchor=anchor,
            place=place, quote=quote, suggests=wording is not None, wording=wording or "",
            body=body, by=user, at=timezone.now(),
        )  # fmt: skip
        page = state.workflow_state.content_object.specific
        _log(page, REMARKED, user, note)
        telling.remarked(page, note)
        return note


def _check(leaf, quote, wording):
    """That the place takes the new words."""
    if wording == quote:
        raise ReviewRefused(_("建议的文字与原文相同。"))
    if leaf.is_rich:
        return
    try:
        more = (None,) if isinstance(leaf.holder, Field) else ()
        leaf.holder.clean(leaf.replaced(quote, wording), *more)
    except ValidationError as error:
        raise ReviewRefused("；".join(error.messages)) from error


@transaction.atomic
def take(page, user, pks, resubmit=False):
    """Take suggestions over into the newest draft as `user`'s own revision; returns the Revision.

    A text in review is returned first and submitted again; one that was returned already is
    submitted with `resubmit`. All suggestions are taken or, with ReviewRefused, none.
    """
    with rules.told_as_refusal():
        page = Page.objects.select_for_update().get(pk=page.pk).specific
        if not page.permissions_for_user(user).may_write():
            raise ReviewRefused(_("只有稿件的信息员可以采纳修改建议。"))
        wanted = Remark.objects.select_for_update(of=("self",)).filter(
            pk__in=pks, page_id=page.pk, state=State.OPEN, suggests=True
        )
        taken = list(wanted.select_related("by", "chain"))
        if not taken or len(taken) != len(set(pks)):
            raise ReviewRefused(_("没有可采纳的建议，或有的已处理，请重新查看。"))
        newest = page.get_latest_revision()
        declared = _declared(page, text_of(newest))
        changed = _changed(page, newest, taken)
        in_review = _return(page, user, taken)
        revision = changed.save_revision(
            user=user, log_action=True, previous_revision=newest, clean=False
        )
        for note in taken:
            _end(note, State.TAKEN, user)
            _log(page, TAKEN, user, note, revision)
        telling.taken(page, user, taken)
        if in_review or resubmit:
            services.submit(page, user, *declared)
        return revision


def _declared(page, text):
    """What was declared and explained of the draft holds for it with the reviewer's words."""
    overridden = OverriddenCheck.objects.filter(page_id=page.pk, seen=seen_of(text))
    return secrecy.as_before(page), dict(overridden.values_list("check_name", "reason"))


def _changed(page, revision, taken):
    """The newest draft with the new wording, not saved."""
    content = dict(revision.content)
    streams = [f.name for f in page._meta.get_fields() if isinstance(f, StreamField)]
    for name in streams:
        content[name] = json.loads(content.get(name) or "[]")
    for note in taken:
        leaf = find(_text_so_far(page, revision, content, streams), note.quote, note.anchor)
        _check(leaf, note.quote, note.wording)
        put(content, leaf.path, leaf.replaced(note.quote, note.wording))
    for name in streams:
        content[name] = json.dumps(content[name])
    return page.with_content_json(content)


def _text_so_far(page, revision, content, streams):
    data = {**content, **{name: json.dumps(content[name]) for name in streams}}
    return text_of_data(page, data, revision.pk)


def _return(page, user, taken):
    """End the running step, its approvals void; returns whether the page was in review."""
    review = page.current_workflow_state
    if review is None or review.status != WorkflowState.STATUS_IN_PROGRESS:
        return False
    state = rules.lock_review(review.current_task_state)
    if not rules.is_current(state):
        raise ReviewRefused(_("审核刚有变动，请重新查看。"))
    who = "、".join(dict.fromkeys(str(note.by) for note in taken))
    why = _("作者采纳了%(who)s的修改建议") % {"who": who}
    state.reject(user=user, comment=why)
    void_seals(rules.chain_of(state.workflow_state), why[:100])
    return True


@transaction.atomic
def settle(note, user, taken, answer=""):
    """Say that a remark has been dealt with by hand, or is not followed and why.

    The author of the text settles; whoever wrote the remark may take it back.
    """
    page = Page.objects.select_for_update().get(pk=note.page_id).specific
    note = Remark.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.state != State.OPEN:
        raise ReviewRefused(_("这条意见已经处理。"))
    if not page.permissions_for_user(user).may_write() and (taken or user.pk != note.by_id):
        raise ReviewRefused(_("只有稿件的信息员可以处理审核意见，提出人可以撤回。"))
    if not taken and not answer.strip() and user.pk != note.by_id:
        raise ReviewRefused(_("不采纳必须说明理由。"))
    _end(note, State.TAKEN if taken else State.DISMISSED, user, answer.strip())
    _log(page, SETTLED, user, note)
    return note


def make_obsolete(page_id, text=None):
    """End what is open of the page: all of it, or the suggestions whose words `text` has not."""
    for note in Remark.objects.filter(page_id=page_id, state=State.OPEN):
        if text is None or (note.suggests and not _stands_in(note, text)):
            _end(note, State.OBSOLETE, None)


def blank(page_id, until):
    """Remove the words of remarks made up to `until`: they quote what was blanked, or repeat it."""
    noted = Remark.objects.filter(page_id=page_id, at__lte=until)
    noted.filter(state=State.OPEN).update(state=State.OBSOLETE)
    noted.update(quote="", wording="", body="", answer="")


def _stands_in(note, text):
    try:
        return find(text, note.quote, note.anchor)
    except ReviewRefused:
        return None


def _end(note, state, user, answer=""):
    note.state, note.ended_by, note.ended_at, note.answer = state, user, timezone.now(), answer
    note.save(update_fields=["state", "ended_by", "ended_at", "answer"])


def _log(page, action, user, note, revision=None):
    log(
        instance=page,
        action=action,
        user=user,
        revision=revision,
        data={
            "remark": note.pk,
            "proposer": {"id": note.by_id, "name": str(note.by)},
            "taker": {"id": user.pk, "name": str(user)} if action == TAKEN else None,
            "place": note.place,
            "quote": note.quote,
            "wording": note.wording if note.suggests else None,
            "body": note.body,
            "state": str(note.get_state_display()),
            "answer": note.answer,
        },
    )
