"""Chains do not change under a running review, whoever tries and by whatever route."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.models import Task, Workflow, WorkflowTask

from page_types.publication.models import Entry, Seal
from page_types.review import services
from page_types.review.chains import STEPS, workflow_for
from page_types.review.services import ReviewRefused
from tests.houses import CHAINS


@pytest.fixture
def page(house):
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, house.alice)
    return page


def test_same_chain_is_the_same_workflow(house):
    title, steps = CHAINS["report"]
    assert workflow_for("report", title, steps) == house.workflows["report"]
    other = workflow_for("report", title, steps[:3])
    assert other != house.workflows["report"]
    assert [task.step for task in other.tasks.specific()] == steps[:3]
    assert Task.objects.count() == len(STEPS)
    with pytest.raises(ValueError, match="unknown"):
        workflow_for("report", title, ["nobody"])


def test_nothing_is_disabled_by_code(house, page):
    with pytest.raises(PermissionDenied):
        house.state_of(page).task.specific.deactivate()
    with pytest.raises(PermissionDenied):
        house.workflows["report"].deactivate(user=house.admin)


def refused(act):
    """Within a savepoint of its own, as a request would be."""
    with pytest.raises(PermissionDenied), transaction.atomic():
        act()


def test_used_workflow_stays(house, page):
    workflow = Workflow.objects.get(pk=house.workflows["report"].pk)
    workflow.save()
    workflow.name = "短链"
    refused(workflow.save)
    for step in WorkflowTask.objects.filter(workflow=workflow):
        step.save()
        refused(step.delete)
        step.sort_order += 10
        refused(step.save)
    refused(workflow.delete)
    refused(WorkflowTask(workflow=workflow, task=workflow.tasks.first()).save)
    assert CHAINS["report"][1] == [t.step for t in workflow.tasks.specific()]


def test_screens_of_core_are_closed(house, page):
    client = house.client(house.admin)
    workflow, task = house.workflows["report"].pk, house.state_of(page).task_id
    for name, args in (
        ("disable", [workflow]),
        ("edit", [workflow]),
        ("disable_task", [task]),
        ("edit_task", [task]),
        ("remove", [house.pages["news"].pk]),
        ("add", []),
    ):
        url = reverse(f"wagtailadmin_workflows:{name}", args=args)
        for answer in (client.get(url), client.post(url, {})):
            assert answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")
    assert Workflow.objects.get(pk=workflow).active and Task.objects.get(pk=task).active


def test_task_disabled_behind_our_back_publishes_nothing(house, page):
    """Finding 6: core published at once when the last task vanished."""
    house.pass_on(page, house.rita, house.lin)
    last = Task.objects.get(pk=STEPS["centre_publish"].objects.get().pk)
    Task.objects.filter(pk=last.pk).update(active=False)
    with pytest.raises(ReviewRefused, match="缺少“信息中心发布”的批准"):
        house.pass_on(page, house.olga)
    assert not Entry.objects.filter(pk=page.pk).exists()
    assert house.state_of(page).task.specific.step == "office_review"
    Task.objects.filter(pk=last.pk).update(active=True)
    house.pass_on(page, house.olga, house.cai)
    assert Entry.objects.filter(pk=page.pk).exists()


def test_cancelled_review_seals_nothing(house, page):
    house.pass_on(page, house.rita, house.lin)
    page.refresh_from_db()
    page.current_workflow_state.cancel(user=house.alice)  # core's own route
    assert set(Seal.objects.values_list("state", flat=True)) == {Seal.State.VOID}
    services.submit(page, house.alice)
    assert house.state_of(page).task.specific.step == "department_review"


def test_what_the_ledger_refuses_undoes_the_approval(house, monkeypatch):
    page = house.draft(house.alice, "quick", "标题")
    services.submit(page, house.alice)
    page.refresh_from_db()
    Seal.objects.all().delete()
    from page_types.publication import publish as door
    from page_types.publication.errors import PublicationRefused

    def refuse(*args, **kwargs):
        raise PublicationRefused("台账拒绝")

    monkeypatch.setattr(door, "publish", refuse)
    with pytest.raises(ReviewRefused, match="台账拒绝"):
        house.pass_on(page, house.rita)
    assert not Seal.objects.exists() and house.state_of(page).status == "in_progress"
