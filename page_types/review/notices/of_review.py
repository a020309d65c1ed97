"""What the review tells: the people of a step, everybody concerned by a return, the authors.

Core's mail for a step follows the task's groups (measured: it reached another department's
reviewer), and its other mails go to superusers; ours take the same place by the same uids.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from page_types.organisation.models import User
from page_types.publication.models import Schedule, Seal
from page_types.review import rules
from page_types.review.notices import kinds, notify


def connect():
    """Take core's places, whether core has connected already or will (it skips a taken uid)."""
    for name, label in (
        ("step", gettext_lazy("待我审核")),
        ("returned", gettext_lazy("稿件被退回")),
        ("published", gettext_lazy("稿件已批准或发布")),
    ):
        kinds.register(name, label)
    kinds.register("handover", gettext_lazy("岗位交接"), always=True)
    for signal, sender, uid, receiver in (
        (task_submitted, TaskState, "group_approval_task_submitted", _step_begun),
        (workflow_submitted, WorkflowState, "workflow_state_submitted", _nothing),
        (workflow_rejected, WorkflowState, "workflow_state_rejected", _returned),
        (workflow_approved, WorkflowState, "workflow_state_approved", _approved),
    ):
        uid += "_email_notification"
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(receiver, sender=sender, dispatch_uid=uid)


def _nothing(**kwargs):
    """Core tells superusers of every submission; nobody here asked to be told."""


def _people(pks):
    return User.objects.filter(pk__in=pks, is_active=True)


def _title(review):
    return review.content_object.get_latest_revision().object_str


def _step_begun(instance, user=None, **kwargs):
    """The people of the step, without those who may not decide on this text."""
    task, review = instance.task.specific, instance.workflow_state
    chain = rules.chain_of(review)
    if chain is None or not hasattr(task, "people"):
        return
    barred = rules.people_with_a_hand([chain.page_id])[chain.page_id]
    title = _title(review)
    notify(
        task.people(chain).exclude(pk__in=barred),
        "step",
        _("待审核：%(title)s") % {"title": title},
        "step",
        {
            "title": title,
            "step": task.name,
            "department": chain.department,
            "submitter": review.requested_by,
        },
        reverse("review:screen", args=[instance.pk]),
    )


def _returned(instance, user=None, **kwargs):
    """Whoever has a hand in the text, its owner, and whoever had approved an earlier step.

    Their approvals become void just after this, so that they are still found by being valid.
    """
    page, state = instance.content_object, instance.current_task_state
    authors = rules.people_with_a_hand([page.pk])[page.pk] | {page.owner_id}
    chain = rules.chain_of(instance)
    earlier = set(
        Seal.objects.filter(chain=chain, state=Seal.State.VALID).values_list("by_id", flat=True)
        if chain
        else ()
    )
    told = {"title": _title(instance), "step": state.task.name}
    told.update(by=state.finished_by, reason=state.comment)
    subject = _("已退回：%(title)s") % told
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    screen = reverse("review:screen", args=[state.pk])
    me = {user and user.pk}
    notify(_people(authors - me), "returned", subject, "returned", told, edit)
    notify(_people(earlier - authors - me), "returned", subject, "returned_reviewer", told, screen)


def _approved(instance, user=None, **kwargs):
    """Whoever asked for the review and whoever wrote the text: it is public, or has its time."""
    page = instance.content_object
    chain = rules.chain_of(instance)
    waiting = (
        chain
        and Schedule.objects.filter(
            chain=chain, what=Schedule.What.GO_LIVE, state=Schedule.State.WAITING
        ).first()
    )
    title = instance.current_task_state.revision.object_str
    subject = _("已批准，定时发布：%(title)s") if waiting else _("已发布：%(title)s")
    notify(
        _people({instance.requested_by_id, page.owner_id} - {user and user.pk}),
        "published",
        subject % {"title": title},
        "published",
        {"title": title, "by": user, "waiting": waiting},
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
