"""Steps of running reviews, and texts not yet sent, for which nobody is there."""

from wagtail.models import Task, WorkflowState

from page_types.base import PortalPage
from page_types.organisation.duties import holders
from page_types.organisation.models import Department, Post
from page_types.publication.models import Chain, Seal
from page_types.review import rules


def gaps():
    """What would stop for want of people: a set of (title of the text, name of the step)."""
    return {*_of_reviews(), *_of_drafts()}


def _of_reviews():
    """Of each running review: its open steps that nobody may take, authors not counted."""
    running = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    chains = list(Chain.objects.filter(review_id__in=running.values("pk")))
    hands = rules.people_with_a_hand([chain.page_id for chain in chains])
    titles = _titles(chain.page_id for chain in chains)
    tasks = {task.pk: task for task in Task.objects.specific()}
    sealed = set(
        Seal.objects.filter(chain__in=chains, state=Seal.State.VALID).values_list(
            "chain_id", "task_id"
        )
    )
    known = {}
    for chain in chains:
        for step in chain.steps:
            if (chain.pk, step["task"]) in sealed:
                continue
            task = tasks[step["task"]]
            place = task.pk, chain.department_id if task.of_department else None
            if place not in known:
                known[place] = set(task.people(chain).values_list("pk", flat=True))
            if not known[place] - hands[chain.page_id]:
                yield titles.get(chain.page_id, ""), step["title"]


def _of_drafts():
    """Drafts and returned texts of departments that have no officer."""
    drafts = PortalPage.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    for department in Department.objects.filter(pk__in=drafts.values("department")):
        if not holders(Post.OFFICER, department.pk).exists():
            for title in drafts.filter(department=department).values_list("draft_title", flat=True):
                yield title, str(Post.OFFICER.label)


def _titles(page_ids):
    return dict(PortalPage.objects.filter(pk__in=set(page_ids)).values_list("pk", "draft_title"))
