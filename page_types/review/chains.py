"""Chains of review as Wagtail workflows: what the plan names becomes tasks in their order."""

from django.db import transaction
from wagtail.models import Workflow, WorkflowTask

from page_types.review.tasks import (
    CentrePublish,
    DepartmentReview,
    LeaderReview,
    OfficeReview,
    PortalTask,
)

#: Name of a step in the plan -> the task that takes it.
STEPS: dict[str, type[PortalTask]] = {
    model.step: model for model in (DepartmentReview, LeaderReview, OfficeReview, CentrePublish)
}


@transaction.atomic
def workflow_for(name, title, steps):
    """The active Workflow of exactly this title and these steps; made if there is none.

    A used workflow is never changed: another order of steps is another workflow, and the old one
    lives until its reviews end. `name` is the plan's key of the chain, for the error message; what
    people see, and what the workflow is found by, is `title`.
    """
    unknown = [step for step in steps if step not in STEPS]
    if unknown or not steps:
        raise ValueError(f"审核链 {name} 的步骤不对 / unknown or no steps: {', '.join(unknown)}")
    tasks = [_task(STEPS[step]) for step in steps]
    wanted = [task.pk for task in tasks]
    for workflow in Workflow.objects.active().filter(name=title).order_by("pk"):
        if list(workflow.tasks.values_list("pk", flat=True)) == wanted:
            return workflow
    workflow = Workflow.objects.create(name=title)
    for place, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    return workflow


def _task(model):
    """The one row of a task type."""
    return model.objects.order_by("pk").first() or model.objects.create(
        name=str(model._meta.verbose_name)
    )
