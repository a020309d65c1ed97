"""The verbs of review. Each asks whether it may, acts, logs and tells; all of it or nothing.

Wagtail's own routes end in the same tasks and rules (`tasks.on_action`, `tasks.start`).
"""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from page_types.review import rules
from page_types.review.checks import submission as checks
from page_types.review.correction import services as correction
from page_types.review.errors import ReviewRefused

__all__ = [
    "ReviewRefused",
    "approve",
    "cancel_review",
    "may_approve",
    "may_cancel",
    "return_draft",
    "seen_now",
    "submit",
]

seen_now = rules.seen_now


def _locked(page):
    """The page's row, locked, as its specific type."""
    return Page.objects.select_for_update().get(pk=page.pk).specific


@transaction.atomic
def submit(page, user, secrecy=None, reasons=None, as_correction=False):
    """Submit the newest draft for review, or again after a return; returns the WorkflowState.

    `secrecy` is what `checks.secrecy.declare` takes, where this text has not been declared yet;
    `reasons` (check name -> reason, or one for all) is why something that should be mended stays;
    `as_correction` asks for the short chain (更正). Raises ReviewRefused, as `ChecksFailed` with
    all that the checks found.
    """
    page = _locked(page)
    review = page.current_workflow_state
    if review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS:
        raise ReviewRefused(_("稿件已在审核中。"))
    with checks.said(secrecy, reasons):
        if review is not None and not as_correction:
            review.resume(user)
            return review
        workflow = correction.to_start(page) if as_correction else page.get_workflow()
        if workflow is None:
            raise ReviewRefused(_("本栏目没有审核链，请联系系统管理员。"))
        return workflow.start(page, user)


def approve(task_state, user, seen, comment=""):
    """Approve what was seen (`seen_now`); the last approval of the chain publishes."""
    task_state.task.specific.on_action(task_state, user, "approve", seen=seen, comment=comment)


def return_draft(task_state, user, reason):
    """Return the draft to its author, saying why; all approvals so far are void."""
    task_state.task.specific.on_action(task_state, user, "reject", comment=reason)


@transaction.atomic
def cancel_review(page, user):
    """Take a submission back; all approvals so far are void (by the signal in `closing`)."""
    page = _locked(page)
    review = page.current_workflow_state
    if review is None:
        raise ReviewRefused(_("稿件不在审核中。"))
    if not may_cancel(page, user):
        raise ReviewRefused(_("只有稿件的信息员可以撤回送审；审核人请用“退回”。"))
    review.cancel(user=user)
    return review


def may_cancel(page, user):
    """Whether the user is an author of the page, who may take its submission back."""
    return page.permissions_for_user(user).may_write()


def may_approve(task_state, user):
    """(whether the user may approve the task state now, why not)."""
    why = rules.why_not_approve(task_state, user)
    return not why, why
