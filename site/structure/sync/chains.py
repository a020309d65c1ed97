"""Review chains: home has one; a column has its own only where it would inherit another."""

from wagtail.models import Workflow, WorkflowPage

from page_types.review.chains import workflow_for


def apply(run):
    """Make the plan's chains, and lay them on home and columns.

    A chain whose steps have changed is a new workflow: reviews that are running keep theirs.
    """
    workflows = {each.name: _workflow(run, each) for each in run.plan.chains}
    laid = WorkflowPage.objects.select_related("workflow").in_bulk()
    for column, chain, inherited in _chains(run):
        wanted = None if chain == inherited else workflows[chain]
        present = laid.get(column.page_id)
        if (present and present.workflow) == wanted:
            continue
        if wanted is None:
            present.delete()
        else:
            WorkflowPage.objects.update_or_create(
                page_id=column.page_id, defaults={"workflow": wanted}
            )
        if column.key not in run.made:
            title = run.plan.chain(chain).title
            run.report.change("~", "采用流程", "review chain", f"{column.key}：{chain} {title}")


def _workflow(run, chain):
    """The workflow of a chain, made when there is none with these steps."""
    before = set(Workflow.objects.values_list("pk", flat=True))
    workflow = workflow_for(chain.name, chain.title, chain.steps)
    if workflow.pk not in before:
        what = f"{chain.name} {chain.title}：{' → '.join(chain.steps)}"
        run.report.change("+", "新建流程", "new review chain", what)
    return workflow


def _chains(run):
    """(Column, its chain, the chain it would inherit) of home and of every planned column."""
    home = run.plan.home
    yield run.home(), home.chain, None
    for each in run.plan.walk():
        above = run.plan.column(each.parent).chain if each.parent else home.chain
        yield run.columns[each.key], each.chain, above
