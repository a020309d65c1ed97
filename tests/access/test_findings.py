"""The findings of `gate.md` 1 that no single route shows: 1, 2, 5, 6 and 7 (4: the routes)."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Task, TaskState, WorkflowPage, WorkflowState, WorkflowTask

from page_types.publication.models import Chain, Entry, Seal
from page_types.review import services
from page_types.review.services import ReviewRefused
from page_types.review.tasks import PortalTask
from tests.access import forms
from tests.access.probing import undone
from tests.access.review_routes import REVIEW_ROUTES
from tests.access.scene import ROLES, fresh, user_of
from tests.access.stock import take_away_defences


def reviews():
    """Everything that says how far a review has come, and what chains are."""
    models = (TaskState, WorkflowState, Seal, Chain, WorkflowTask, Task, WorkflowPage)
    return {model.__name__: sorted(map(repr, model.objects.values())) for model in models}


@pytest.mark.parametrize("role", ROLES, ids=ROLES.values())
def test_2_and_6_no_screen_moves_a_review_but_its_own(scene, before, role):
    """Approving by another page's address, while editing, or by disabling steps and chains."""
    as_it_was, found = reviews(), []
    client = scene.house.client(user_of(scene, role))
    client.raise_request_exception = False
    for route in REVIEW_ROUTES:
        with undone():
            answer = route.go(client, scene)
            now = reviews()
            found += [f"{route.name}: {k}" for k in now if now[k] != as_it_was[k]]
            found += [f"{route.name}: {line}" for line in before.lost_texts()]
            if answer.status_code >= 500:
                found.append(f"{route.name}: status {answer.status_code}")
    assert not found, "\n".join(found)


def test_the_screens_of_chains_are_real_requests(scene, monkeypatch):
    """With the guard away the superuser's requests get as far as our refusals in the models."""
    take_away_defences(monkeypatch)
    monkeypatch.delattr(PortalTask, "deactivate")
    client = scene.house.client(scene.house.admin)
    for route in REVIEW_ROUTES:
        if "停用审核步骤" in route.name:
            with undone():
                task = scene.house.state_of(scene.waiting).task
                route.go(client, scene)
                assert not Task.objects.get(pk=task.pk).active
        if "撤去" in route.name:
            with undone():
                route.go(client, scene)
                assert not WorkflowPage.objects.filter(page=scene.columns["news"]).exists()


def test_2_the_requests_name_real_task_states(scene):
    """The same request with the right page's address is an approval."""
    state = scene.house.state_of(scene.foreign_waiting)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=(scene.foreign_waiting.pk, "approve", state.pk)
    )
    scene.house.client(scene.house.beate).post(
        address, {"seen": services.seen_now(state), "comment": ""}
    )
    assert Seal.objects.filter(task_state_id=state.pk, by=scene.house.beate).exists()


def test_1_an_approval_counts_for_the_text_that_was_seen_and_no_other(scene):
    """A revision rewritten under its id (what autosave does) is another text."""
    house, state = scene.house, scene.house.state_of(scene.waiting)
    seen = services.seen_now(state)
    scene.house.pass_on(scene.waiting, house.rita)
    revision = fresh(scene.waiting).get_latest_revision()
    revision.content = {**revision.content, "title": "换过的标题"}
    revision.save()
    state = scene.house.state_of(scene.waiting)
    for digest in (seen, "", "0" * 64):
        with pytest.raises(ReviewRefused), undone():
            services.approve(state, house.lin, digest)
    house.pass_on(scene.waiting, house.lin)  # he has seen the new text: the department's turn again
    assert scene.house.state_of(scene.waiting).task.specific.step == "department_review"
    scene.house.pass_on(scene.waiting, house.rita, house.olga, house.cai)
    assert Entry.objects.get(pk=scene.waiting.pk).title == "换过的标题"
    seals = Seal.objects.filter(chain__page_id=scene.waiting.pk, state=Seal.State.SPENT)
    assert len(set(seals.values_list("seen", flat=True))) == 1 and seals.count() == 4


@pytest.mark.parametrize("target", ["draft", "newer"])
def test_5_a_form_cannot_give_a_page_to_another_department(scene, target):
    page, other = getattr(scene, target), scene.house.departments["b"]
    form = forms.article("换处室", slug=page.slug, department=str(other.pk))
    scene.house.client(scene.house.alice).post(
        reverse("wagtailadmin_pages:edit", args=(page.pk,)), form
    )
    assert fresh(page).get_latest_revision().content["title"] == "换处室"
    assert fresh(page).department == scene.house.departments["a"]
    assert fresh(page).get_latest_revision_as_object().department == scene.house.departments["a"]


@pytest.mark.parametrize("target", ["draft", "newer"])
def test_5_nor_can_a_draft(scene, target):
    page, house = fresh(getattr(scene, target)), scene.house
    revision = page.get_latest_revision()
    revision.content = {**revision.content, "department": house.departments["b"].pk}
    revision.save()
    drafted = fresh(page).get_latest_revision_as_object()
    assert drafted.department == house.departments["a"]
    assert drafted.permissions_for_user(house.alice).can_edit()
    assert not drafted.permissions_for_user(house.bob).can_edit()


def test_6_a_step_taken_out_of_the_workflow_is_still_required(scene):
    """By code past our refusals: disabled, and gone from the workflow."""
    house, page = scene.house, scene.waiting
    last = Chain.objects.get(page_id=page.pk).steps[-1]["task"]
    scene.house.pass_on(page, house.rita, house.lin)
    Task.objects.filter(pk=last).update(active=False)
    rows = WorkflowTask.objects.filter(task_id=last)
    rows._raw_delete(rows.db)
    with undone():
        try:
            scene.house.pass_on(page, house.olga)
        except ReviewRefused:
            pass
        assert not Entry.objects.filter(pk=page.pk).exists()
        assert not fresh(page).live


def test_6_steps_and_chains_in_use_cannot_be_changed_by_code_either(scene):
    from django.core.exceptions import PermissionDenied

    state = scene.house.state_of(scene.waiting)
    workflow = state.workflow_state.workflow
    refused = (
        state.task.specific.deactivate,
        workflow.deactivate,
        workflow.delete,
        workflow.workflow_tasks.first().delete,
        lambda: WorkflowTask.objects.create(workflow=workflow, task=state.task, sort_order=9),
    )
    for attempt in refused:
        with pytest.raises(PermissionDenied), undone():
            attempt()


def test_7_after_a_return_the_order_begins_anew(scene):
    house, page = scene.house, scene.waiting
    scene.house.pass_on(page, house.rita, house.lin)
    services.return_draft(scene.house.state_of(page), house.olga, "请改标题")
    house.edit(page, house.alice, title="改好的标题")
    services.submit(Page.objects.get(pk=page.pk), house.alice)
    assert scene.house.state_of(page).task.specific.step == "department_review"
    for early in (house.olga, house.lin, house.cai):
        with pytest.raises(ReviewRefused), undone():
            scene.house.pass_on(page, early)
    scene.house.pass_on(page, house.rita, house.lin, house.olga, house.cai)
    assert Entry.objects.get(pk=page.pk).title == "改好的标题"
