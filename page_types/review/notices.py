"""Mails of the review: to the people of the step, to the author on return, to him on publication.

Core's mail for a step follows the task's groups (measured: it reached another department's
reviewer), and its other mails go to superusers; ours take the same place by the same uids. A mail
that cannot be sent is logged and stops nothing.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail
from wagtail.admin.signal_handlers import workflow_approval_email_notifier
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail.users.models import UserProfile

from page_types.organisation.models import User
from page_types.publication.demo import played_date
from page_types.review import rules

log = logging.getLogger(__name__)


def connect():
    """Take core's places, whether core has connected already or will (it skips a taken uid)."""
    for signal, sender, uid, receiver in (
        (task_submitted, TaskState, "group_approval_task_submitted", _step_begun),
        (workflow_submitted, WorkflowState, "workflow_state_submitted", _nothing),
        (workflow_rejected, WorkflowState, "workflow_state_rejected", _returned),
        (workflow_approved, WorkflowState, "workflow_state_approved", _published),
    ):
        uid += "_email_notification"
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(receiver, sender=sender, dispatch_uid=uid)


def _quietly(send):
    """After the commit; whatever goes wrong is logged. A demonstration mails nobody."""
    if played_date():
        return

    def sending():
        try:
            send()
        except Exception:
            log.exception("a notice of the review could not be sent")

    transaction.on_commit(sending)


def _nothing(**kwargs):
    """Core tells superusers of every submission; nobody here asked to be told."""


def _step_begun(instance, user=None, **kwargs):
    _quietly(lambda: _send_step(instance))


def _send_step(task_state):
    task = task_state.task.specific
    chain = rules.chain_of(task_state.workflow_state)
    if chain is None or not hasattr(task, "people"):
        return
    barred = rules.people_with_a_hand([chain.page_id])[chain.page_id]
    page = task_state.workflow_state.content_object
    _mail(
        task.people(chain).exclude(pk__in=barred),
        "submitted",
        "step",
        _("待审核：%(title)s") % {"title": page.get_latest_revision().object_str},
        {
            "title": page.get_latest_revision().object_str,
            "step": task.name,
            "department": chain.department,
            "submitter": task_state.workflow_state.requested_by,
            "url": settings.WAGTAILADMIN_BASE_URL + reverse("review:screen", args=[task_state.pk]),
        },
    )


def _returned(instance, user=None, **kwargs):
    _quietly(lambda: _send_returned(instance, user))


def _send_returned(review, user):
    """To whoever has a hand in the text, and to whom it was handed over, if he is its owner now."""
    page = review.content_object
    authors = {*rules.people_with_a_hand([page.pk])[page.pk], page.owner_id} - {user and user.pk}
    state = review.current_task_state
    title = page.get_latest_revision().object_str
    _mail(
        User.objects.filter(pk__in=authors, is_active=True),
        "rejected",
        "returned",
        _("已退回：%(title)s") % {"title": title},
        {
            "title": title,
            "step": state.task.name,
            "by": state.finished_by,
            "reason": state.comment,
            "url": settings.WAGTAILADMIN_BASE_URL
            + reverse("wagtailadmin_pages:edit", args=[page.pk]),
        },
    )


def _published(sender, instance, user=None, **kwargs):
    """Core's own mail to the requester, only after the commit and without its exceptions."""
    _quietly(lambda: workflow_approval_email_notifier(sender=sender, instance=instance, user=user))


def _mail(people, preference, template, subject, context):
    """One mail a person who wants such mails (core's preferences) and has an address."""
    for person in people:
        wants = getattr(UserProfile.get_for_user(person), f"{preference}_notifications")
        if not person.email or not wants:
            continue
        text = render_to_string(f"review/notices/{template}.txt", {**context, "user": person})
        try:
            send_mail(subject, text, [person.email])
        except OSError:
            log.exception("notice %s could not be sent to %s", template, person.pk)


def tell(person, subject, template, leaving, posts, drafts):
    """A mail about a hand-over, to a person with an address; nobody can have it silenced."""
    if not person.email:
        return
    context = {
        "user": person,
        "leaving": leaving,
        "posts": posts,
        "drafts": drafts,
        "url": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home"),
    }
    text = render_to_string(f"review/notices/{template}.txt", context)
    _quietly(lambda: send_mail(subject, text, [person.email]))
