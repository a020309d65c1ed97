"""代审: a holder names his own deputy in advance; the office one for a step that is stuck.

A deputy is a holder of the post between two days and meets the same rules: what he has touched he
does not approve. Each verb checks, acts, logs and tells, in one transaction.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Task

from page_types.organisation import services as organisation
from page_types.organisation.models import Appointment, User
from page_types.publication.models import Chain
from page_types.review import rules
from page_types.review.deputies import stuck
from page_types.review.errors import ReviewRefused
from page_types.review.notices import notify

KIND = "deputy"


def own_posts(user):
    """The reviewing posts that the user holds himself today; a deputy names no deputy."""
    return (
        Appointment.objects.current()
        .filter(user=user, post__in=organisation.DEPUTISED, deputy_for=None)
        .select_related("department")
        .order_by("post", "department__position", "pk")
    )


def deputies_of(user):
    """Deputies of the user, now and to come."""
    return (
        Appointment.objects.filter(deputy_for=user, ends__gte=timezone.localdate())
        .select_related("user", "department")
        .order_by("starts", "pk")
    )


@transaction.atomic
def name_deputy(appointment, deputy, starts, ends, *, by):
    """Name one's own deputy for one of one's posts. Raises ReviewRefused."""
    if not own_posts(by).filter(pk=appointment.pk).exists():
        raise ReviewRefused(_("只能为自己现任的审核岗位指定代审人。"))
    return _appoint(
        deputy, appointment.post, appointment.department, by, starts=starts, ends=ends, by=by
    )


@transaction.atomic
def withdraw_deputy(appointment, *, by):
    """End a deputy of one's own; office and administrators may end any. Raises ReviewRefused."""
    if appointment.deputy_for_id != by.pk and not stuck.minds(by):
        raise ReviewRefused(_("只能撤回自己的代审人。"))
    _tell(appointment, by, _("代审已撤回"), "deputy_withdrawn")
    organisation.withdraw_deputy(appointment, by=by)
    stuck.look(_chains_of(appointment.department))


def people_for(step):
    """Who could be an emergency deputy for a stuck step: eligible, and no hand in the text."""
    task = Task.objects.get(pk=step.task_id).specific
    department = step.chain.department if task.of_department else None
    hands = rules.people_with_a_hand([step.chain.page_id])[step.chain.page_id]
    return organisation.may_deputise(task.post, department).exclude(pk__in=hands)


@transaction.atomic
def name_emergency_deputy(step, deputy, ends, reason, *, by):
    """Office or administrator: from today somebody takes the post of a step that is stuck.

    The same person does not name himself: two people stand behind the approval. Raises
    ReviewRefused.
    """
    if not stuck.minds(by):
        raise ReviewRefused(_("只有办公室和系统管理员可以指定应急代审人。"))
    reason = (reason or "").strip()
    if not reason:
        raise ReviewRefused(_("须写明指定应急代审人的原因。"))
    if deputy == by:
        raise ReviewRefused(_("不能指定自己，请指定另一位人员。"))
    if not stuck.stuck_steps().filter(pk=step.pk).exists():
        raise ReviewRefused(_("这一环节已有人可办，不必指定应急代审人。"))
    if not people_for(step).filter(pk=deputy.pk).exists():
        raise ReviewRefused(
            _("%(who)s不能代审这一环节：须是在岗、未参与过此稿的人员。") % {"who": deputy}
        )
    task = Task.objects.get(pk=step.task_id).specific
    department = step.chain.department if task.of_department else None
    return _appoint(
        deputy, task.post, department, task.people(step.chain).first(),
        starts=timezone.localdate(), ends=ends, by=by, reason=reason,
    )  # fmt: skip


def _appoint(deputy, post, department, holder, **how):
    try:
        appointment = organisation.appoint_deputy(deputy, post, department, holder=holder, **how)
    except ValidationError as error:
        raise ReviewRefused("；".join(error.messages)) from error
    _tell(appointment, how["by"], _("请您代审"), "deputy_named", reason=how.get("reason", ""))
    stuck.look(_chains_of(department))
    return appointment


def _chains_of(department):
    """Chains whose stuck steps a change at the department (or of the bureau) may set free."""
    found = Chain.objects.filter(pk__in=stuck.stuck_steps().values("chain"))
    return found.filter(department=department) if department else found


def _tell(appointment, by, subject, template, reason=""):
    notify(
        User.objects.filter(pk=appointment.user_id),
        KIND,
        f"{subject}：{appointment.get_post_display()}",
        template,
        {"appointment": appointment, "by": by, "reason": reason},
        reverse("review:queue"),
    )
