"""Review chains: home has one; a column has its own only where it would inherit another."""

from dataclasses import asdict

from wagtail.models import Workflow, WorkflowPage

from page_types.publication.models import RecordChain
from page_types.review.chains import workflow_for
from page_types.review.correction import services as correction
from page_types.review.deadlines import set_terms
from page_types.review.follow_up.reporting import set_plan_numbers
from structure.plan_model import CORRECTION


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
    _keep_correction(run, workflows.get(CORRECTION))
    _keep_record_chains(run)
    _keep_terms(run)
    _keep_numbers(run)


def _keep_correction(run, workflow):
    """The chain named `correction` is that of corrections; a plan without it offers none."""
    if correction.keep(workflow):
        what = f"{workflow}" if workflow else "—"
        run.report.change("~", "更正流程", "chain of corrections", what)


def _keep_terms(run):
    """How many working days each step has; steps that have begun keep their day."""
    terms = {
        (chain.name, step): days
        for chain in run.plan.chains
        for step, days in zip(chain.steps, chain.days, strict=True)
    }
    for (chain, step), days in set_terms(terms).items():
        what = f"{chain} {step}：{days or '—'}"
        run.report.change("~", "步骤期限（工作日）", "working days of a step", what)


def _keep_numbers(run):
    """Limits and counts that the plan sets; duties that have begun keep theirs."""
    for name, value in set_plan_numbers(asdict(run.plan.workflow)).items():
        run.report.change("~", "方案时限与数量", "number of the plan", f"{name}：{value}")


def _keep_record_chains(run):
    """The chains of records that are no pages; reviews that are running keep their steps."""
    for each in run.plan.record_chains:
        wanted = {"title": each.title, "steps": list(each.steps)}
        present = RecordChain.objects.filter(name=each.name).values("title", "steps").first()
        if present == wanted:
            continue
        RecordChain.objects.update_or_create(name=each.name, defaults=wanted)
        what = f"{each.name} {each.title}：{' → '.join(each.steps)}"
        sign, verb = ("~", "修改流程") if present else ("+", "新建流程")
        run.report.change(sign, verb, "review chain of records", what)


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
