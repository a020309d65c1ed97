"""Steps of running reviews, and texts not yet sent, for which nobody is there."""

from dataclasses import dataclass

from wagtail.models import Task, WorkflowState

from page_types.base import PortalPage
from page_types.organisation.duties import holders
from page_types.organisation.models import Department, Post
from page_types.publication.models import Chain, Seal
from page_types.review import rules

#: So many chains are looked at together, whatever their number.
AT_A_TIME = 500


@dataclass(frozen=True)
class Gap:
    """An open step of a running review that nobody may take, authors not counted."""

    chain: Chain
    task_id: int
    title: str


def gaps():
    """What would stop for want of people: a set of (title of the text, name of the step)."""
    found = list(open_gaps())
    titles = dict(
        PortalPage.objects.filter(pk__in={gap.chain.page_id for gap in found}).values_list(
            "pk", "draft_title"
        )
    )
    reviews = {(titles.get(gap.chain.page_id, ""), gap.title) for gap in found}
    return {*reviews, *_of_drafts()}


def open_gaps(chains=None):
    """The gaps of running reviews, or of those of the given chains."""
    running = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    chains = Chain.objects.all() if chains is None else chains
    chains = chains.filter(review_id__in=running.values("pk")).order_by("pk")
    last, known = 0, {}
    tasks = {task.pk: task for task in Task.objects.specific()}
    while batch := list(chains.filter(pk__gt=last)[:AT_A_TIME]):
        last = batch[-1].pk
        yield from _of_batch(batch, tasks, known)


def _of_batch(chains, tasks, known):
    """`known`: (task, department) -> the people of that step, filled as they are met."""
    hands = rules.people_with_a_hand([chain.page_id for chain in chains])
    sealed = set(
        Seal.objects.filter(chain__in=chains, state=Seal.State.VALID).values_list(
            "chain_id", "task_id"
        )
    )
    for chain in chains:
        for step in chain.steps:
            if (chain.pk, step["task"]) in sealed:
                continue
            task = tasks[step["task"]]
            place = task.pk, chain.department_id if task.of_department else None
            if place not in known:
                known[place] = set(task.people(chain).values_list("pk", flat=True))
            if not known[place] - hands[chain.page_id]:
                yield Gap(chain, task.pk, step["title"])


def _of_drafts():
    """Drafts and returned texts of departments that have no officer."""
    drafts = PortalPage.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    for department in Department.objects.filter(pk__in=drafts.values("department")):
        if not holders(Post.OFFICER, department.pk).exists():
            for title in drafts.filter(department=department).values_list("draft_title", flat=True):
                yield title, str(Post.OFFICER.label)
