"""审核意见: what reviewers have noted on a text, taken or answered by its author."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page, TaskState, WorkflowState

from page_types.publication.texts import text_of
from page_types.review import rules
from page_types.review.changes import changes_between
from page_types.review.errors import ReviewRefused
from page_types.review.remarks import services
from page_types.review.remarks.matching import why_not_applicable
from page_types.review.remarks.models import Remark


@require_http_methods(["GET", "HEAD", "POST"])
def page_remarks(request, page_id):
    """All remarks on a page, what may be done with them, and what has changed since submission."""
    page = get_object_or_404(Page, pk=page_id).specific
    may = page.permissions_for_user(request.user)
    if not hasattr(may, "may_write") or not may.may_see():
        raise PermissionDenied
    if request.method == "POST":
        try:
            _act(request, page)
        except ReviewRefused as refused:
            messages.error(request, refused.reason)
        return redirect("review:remarks", page.pk)
    return render(request, "review/remarks/page.html", _context(request, page, may))


def _act(request, page):
    """Do what the pressed button names: `take` or `settle` one remark, or take `all`."""
    post, user = request.POST, request.user
    resubmit = bool(post.get("resubmit"))
    if post.get("action") == "take":
        wanted = [int(pk) for pk in post.getlist("remark") if pk.isdigit()]
        services.take(page, user, wanted, resubmit)
        messages.success(
            request,
            _("已采纳并重新送审。")
            if page.workflow_in_progress
            else _("已采纳，改好的文本在草稿中。"),
        )
        return
    note = get_object_or_404(Remark, pk=post.get("remark"), page_id=page.pk)
    services.settle(note, user, post.get("action") == "done", post.get("answer", ""))
    messages.success(request, _("已记下。"))


def _context(request, page, may):
    newest = page.get_latest_revision()
    text = text_of(newest) if newest else None
    notes = list(Remark.objects.filter(page_id=page.pk).select_related("by", "ended_by"))
    open_ones = [note for note in notes if note.state == Remark.State.OPEN]
    for note in open_ones:
        note.why_not = why_not_applicable(note, text) if note.suggests else ""
    review = page.current_workflow_state
    step = review and review.current_task_state
    returned = review and review.status == WorkflowState.STATUS_NEEDS_CHANGES
    return {
        "page_title": _("审核意见"),
        "page_subtitle": page.draft_title or page.title,
        "header_icon": "comment",
        "page": page,
        "open_ones": open_ones,
        "settled": [note for note in notes if note.state != Remark.State.OPEN],
        "applicable": [note for note in open_ones if note.suggests and not note.why_not],
        "may_write": may.may_write(),
        "returned": step if returned else None,
        "in_review": bool(review and review.status == WorkflowState.STATUS_IN_PROGRESS),
        "step": step,
        "since": _since_submission(page, newest, text),
    }


def _since_submission(page, newest, text):
    """What the newest draft changes of the text that was submitted last; None if nothing was."""
    last = TaskState.objects.for_instance(page).select_related("revision").order_by("pk").last()
    if last is None or newest is None:
        return None
    with rules.told_as_refusal():
        changes = changes_between(text_of(last.revision), text)
    return {"at": last.started_at, "changes": changes}
