"""What happens at every submission, by whatever route: permission, checks, address, chain.

Called by `PortalTask.start()` inside the transaction that starts or resumes the review; what it
refuses leaves no review behind. The draft is saved before and stays.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Task

from page_types.publication.columns import column_of
from page_types.publication.models import Chain, Entry, Seal
from page_types.publication.publish import reserve_address
from page_types.publication.schedule import comes_down_at
from page_types.publication.seals import seen_of, void_seals
from page_types.publication.texts import text_of
from page_types.review import rules
from page_types.review.checks import submission as checks
from page_types.review.correction import services as correction
from page_types.review.errors import ReviewRefused


def check_submission(workflow_state, user):
    """Refuse, or snapshot the chain and reserve the address of the text that is submitted."""
    page = workflow_state.content_object.specific
    if user is None or not page.permissions_for_user(user).may_write():
        raise ReviewRefused(_("您不是这份稿件的信息员，不能送审。"))
    revision = page.get_latest_revision()
    if revision is None:
        raise ReviewRefused(_("请先保存草稿，再送审。"))
    with rules.told_as_refusal():
        text = text_of(revision)
    same = Entry.objects.filter(pk=page.pk, text_id=text.digest).exists()
    if same and text.expire_at == comes_down_at(page.pk):
        raise ReviewRefused(_("稿件与公开的文本相同，无须送审。"))
    correction.check(workflow_state, page, text)
    checks.check(text, page, user)
    if not page.is_column_text:
        with rules.told_as_refusal():
            reserve_address(text)
    _snapshot(workflow_state, page, user)


def _snapshot(workflow_state, page, user):
    """The chain as it stands now. A resubmission starts anew: at its present column, unsealed."""
    column = column_of(page)
    place = {"page_id": page.pk, "column": column, "department_id": page.department_id}
    chain = rules.chain_of(workflow_state)
    if chain is not None:
        void_seals(chain, str(_("重新送审")))
        Chain.objects.filter(pk=chain.pk).update(**place)
        return
    tasks = list(workflow_state.workflow.tasks.specific())
    if not tasks or not all(hasattr(task, "is_duty_of") for task in tasks):
        raise ReviewRefused(_("本栏目的审核链没有可用的步骤，请联系系统管理员。"))
    Chain.objects.create(
        review_id=workflow_state.pk,
        name=correction.chain_name(workflow_state, column),
        steps=[{"task": t.pk, "step": t.step, "title": t.name} for t in tasks],
        started_by=user,
        started_at=timezone.now(),
        **place,
    )


def next_step(workflow_state):
    """The first step of the chain without a valid seal over the newest draft; None if complete."""
    chain = rules.chain_of(workflow_state)
    if chain is None:
        return None
    with rules.told_as_refusal():
        seen = seen_of(text_of(workflow_state.content_object.get_latest_revision()))
    sealed = chain.seals.filter(state=Seal.State.VALID, seen=seen).values_list("task_id", flat=True)
    for step in chain.steps:
        if step["task"] not in sealed:
            return Task.objects.get(pk=step["task"]).specific
    return None
