"""Who may act on a review, and on what: asked by tasks, services, screens, queues and mails alike.

Wagtail's API and our screens both end here, so that no route knows other rules.
"""

from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from page_types.publication.authorities import Sealed
from page_types.publication.errors import AddressTaken, PublicationRefused
from page_types.publication.models import Chain, Counter, Event
from page_types.publication.models.events import page_subject
from page_types.publication.seals import seen_of
from page_types.publication.texts import text_of
from page_types.review.errors import ReviewRefused

#: Log entries by which a user has had a hand in a text. Kept besides the revisions: those can be
#: purged, and autosave writes them over.
HANDS_ON = (
    "wagtail.create", "wagtail.edit", "wagtail.copy", "wagtail.revert",
    "wagtail.workflow.start", "wagtail.workflow.resume",
)  # fmt: skip


@contextmanager
def told_as_refusal():
    """Turns what the ledger refuses into a refusal of the review, with the same sentence."""
    try:
        yield
    except PublicationRefused as refused:
        raise ReviewRefused(refused.reason) from refused
    except AddressTaken as taken:
        raise ReviewRefused("；".join(taken.messages)) from taken


def chain_of(workflow_state):
    """The chain of a review, or None for one that our tasks did not start."""
    return (
        Chain.objects.filter(review_id=workflow_state.pk)
        .select_related("department", "column")
        .first()
    )


def people_with_a_hand(page_ids):
    """page id -> ids of all who wrote its present text or asked for its review.

    What counts is everything since the last text that a chain approved and published: an earlier
    author may approve. Publications by other authority (the plan's titles, an earlier text put
    back) clear nobody, since drafts outlive them; nor does a withdrawal.
    """
    subjects = {page_subject(pk): pk for pk in page_ids}
    since = {
        subjects[event.subject]: event.settled_at
        for event in Event.objects.filter(subject__in=subjects, authority=Sealed.name)
        .order_by("number")
        .only("subject", "at", "detail")
    }
    found = {pk: set() for pk in page_ids}
    page_type = ContentType.objects.get_for_model(Page)
    rows = [
        *Revision.objects.filter(
            base_content_type=page_type, object_id__in=[str(pk) for pk in page_ids]
        ).values_list("object_id", "user_id", "created_at"),
        *PageLogEntry.objects.filter(page_id__in=page_ids, action__in=HANDS_ON).values_list(
            "page_id", "user_id", "timestamp"
        ),
        *WorkflowState.objects.active()
        .filter(base_content_type=page_type, object_id__in=[str(pk) for pk in page_ids])
        .values_list("object_id", "requested_by_id", "created_at"),
    ]
    for page_id, user_id, at in rows:
        page_id = int(page_id)
        if user_id and (page_id not in since or at > since[page_id]):
            found[page_id].add(user_id)
    return found


def is_current(task_state):
    """Whether the task state is the step at which a running review stands."""
    review = task_state.workflow_state
    return (
        task_state.status == TaskState.STATUS_IN_PROGRESS
        and review.status == WorkflowState.STATUS_IN_PROGRESS
        and review.current_task_state_id == task_state.pk
    )


def why_not(task_state, user):
    """Why the user may not act on the task state now, as a sentence; empty if he may."""
    if not is_current(task_state):
        return _("这一步已经办结，或送审已撤回。")
    chain = chain_of(task_state.workflow_state)
    task = task_state.task.specific
    if chain is None or not hasattr(task, "is_duty_of"):
        return _("这份稿件没有按审核链送审，不能批准。请撤回后重新送审。")
    if not task.is_duty_of(user, chain):
        return _("这一步不由您审核。")
    if user.pk in people_with_a_hand([chain.page_id])[chain.page_id]:
        return _("您编辑过这份稿件或提交了送审，须由他人审核。")
    return ""


def why_not_approve(task_state, user):
    """Why the user may not approve now; besides `why_not`, the text must be the newest draft."""
    if why := why_not(task_state, user):
        return why
    newest = Page.objects.values_list("latest_revision_id", flat=True).get(
        pk=task_state.workflow_state.object_id
    )
    if task_state.revision_id != newest:
        return _("送审后稿件又有改动，请退回重新送审。")
    return ""


def seen_now(task_state):
    """The digest of what a reviewer of this task state sees at this moment."""
    with told_as_refusal():
        return seen_of(text_of(task_state.revision))


def lock_review(task_state, publishes=False):
    """Lock page and task state (in this order, everywhere) and read both anew.

    Without the lock an author's draft that is saved while the last approval publishes loses its
    pointer, and two officers at once publish twice (measured on PostgreSQL). What may publish takes
    the ledger's lock first: the plan's publications hold that before they touch a page.
    """
    chain = chain_of(task_state.workflow_state)
    if publishes and chain and chain.steps[-1]["task"] == task_state.task_id:
        Counter.lock(Counter.EVENT)
    try:
        Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id)
        return (
            TaskState.objects.select_for_update(of=("self",))
            .select_related("workflow_state", "revision", "task")
            .get(pk=task_state.pk)
        )
    except ObjectDoesNotExist:
        raise ReviewRefused(_("稿件已不存在。")) from None
