"""What stays closed whoever asks: used chains do not change, cancelled reviews seal nothing.

Core lets a holder of the right disable a task in mid-review (which published at once, measured) or
shorten a workflow under running reviews. The chain of a review is a snapshot and would not be
fooled; these refusals keep the admin and the code from pretending otherwise.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import pre_delete, pre_save
from wagtail.models import Workflow, WorkflowState, WorkflowTask
from wagtail.signals import workflow_cancelled

from page_types.publication.seals import void_seals
from page_types.review import rules


def close():
    """Called once, when the room is ready."""
    Workflow.deactivate = _never_deactivated
    # Core's `resume` and `cancel` save before they are through: a refusal half-way would leave a
    # review without a step.
    WorkflowState.resume = transaction.atomic(WorkflowState.resume)
    WorkflowState.cancel = transaction.atomic(WorkflowState.cancel)
    for signal, receiver, sender in (
        (pre_save, _used_workflow_stays, Workflow),
        (pre_delete, _used_workflow_stays, Workflow),
        (pre_save, _used_steps_stay, WorkflowTask),
        (pre_delete, _used_steps_stay, WorkflowTask),
        (workflow_cancelled, _void_seals_of_cancelled, WorkflowState),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"review_{receiver.__name__}")


def _never_deactivated(self, user=None):
    """Core cancels every running review of the workflow; ours are ended by their people."""
    raise PermissionDenied("审核链不能停用，请改栏目规划文件 / change the plan instead")


def _refuse():
    raise PermissionDenied("已经使用过的审核链不能改动 / a used workflow is immutable")


def _is_used(workflow_id):
    return WorkflowState.objects.filter(workflow_id=workflow_id).exists()


def _used_workflow_stays(sender, instance, signal=None, **kwargs):
    """Saving a used workflow as it is passes; anything else is refused."""
    stored = Workflow.objects.filter(pk=instance.pk).values_list("name", "active").first()
    same = signal is pre_save and stored == (instance.name, instance.active)
    if stored and not same and _is_used(instance.pk):
        _refuse()


def _used_steps_stay(sender, instance, signal=None, **kwargs):
    fields = ("workflow_id", "task_id", "sort_order")
    stored = WorkflowTask.objects.filter(pk=instance.pk).values_list(*fields)
    mine = [tuple(getattr(instance, name) for name in fields)]
    if signal is pre_save and list(stored) == mine:
        return
    workflows = {instance.workflow_id, *(row[0] for row in stored)}
    if any(map(_is_used, workflows)):
        _refuse()


def _void_seals_of_cancelled(sender, instance, **kwargs):
    if chain := rules.chain_of(instance):
        void_seals(chain, "已撤回")
