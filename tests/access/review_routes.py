"""Ways by which a review could be moved by somebody whose step it is not (findings 2 and 6)."""

import json

from django.urls import reverse

from page_types.review import services
from tests.access import forms
from tests.access.routes import Route, pages


def _approve_elsewhere(url_page, target, action="approve"):
    """Finding 2: the page of the address is one's own, the task state another's."""

    def go(client, scene):
        state = scene.house.state_of(getattr(scene, target))
        data = {"seen": services.seen_now(state), "comment": "同意"}
        page = getattr(scene, url_page)
        return client.post(pages("workflow_action", page.pk, action, state.pk), data)

    return go


def _edit_and_approve(client, scene):
    extra = {"seen": services.seen_now(scene.house.state_of(scene.waiting)), "comment": "同意"}
    form = forms.article(
        "边改边批", slug=scene.waiting.slug, action="action-workflow-action",
        **{"workflow-action-name": "approve", "workflow-action-extra-data": json.dumps(extra)},
    )  # fmt: skip
    return client.post(pages("edit", scene.waiting.pk), form)


def _workflow(name, *args):
    def go(client, scene):
        values = [arg(scene) for arg in args]
        return client.post(reverse(f"wagtailadmin_workflows:{name}", args=values))

    return go


def _task(scene):
    return scene.house.state_of(scene.waiting).task_id


def _chain(scene):
    return scene.house.state_of(scene.waiting).workflow_state.workflow_id


def _column_page(scene):
    return scene.columns["news"].pk


#: Routes of review: what they do is right for somebody, so that they say of themselves for whom.
REVIEW_ROUTES = [
    Route("借审核中的他页批准", _approve_elsewhere("waiting", "foreign_waiting"), False),
    Route("借草稿批准", _approve_elsewhere("draft", "waiting"), False),
    Route("借公开页批准", _approve_elsewhere("shown", "waiting"), False),
    Route("借审核中的他页退回", _approve_elsewhere("waiting", "foreign_waiting", "reject"), False),
    Route("边改边批", _edit_and_approve, False),
    Route("停用审核步骤", _workflow("disable_task", _task), False),
    Route("停用审核链", _workflow("disable", _chain), False),
    Route("撤去栏目的审核链", _workflow("remove", _column_page), False),
]
