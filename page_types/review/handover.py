"""交接: somebody leaves or moves. His posts end, others take them, his drafts have a new owner.

Nothing is deleted: appointments get their last day, drafts another owner, the account is closed.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from page_types.organisation.duties import duties_of, holders
from page_types.organisation.models import Appointment, Post, User
from page_types.organisation.services import appoint, end_appointment, refresh_groups
from page_types.review import notices, queues
from page_types.review.drafts import unpublished_of
from page_types.review.errors import ReviewRefused
from page_types.review.gaps import gaps

ACTION = "portal.handover"


@dataclass(frozen=True)
class Holdings:
    """All that a person holds today."""

    appointments: list
    later: list
    deputies: list
    drafts: list
    waiting: list


@dataclass
class Outcome:
    """What a hand-over does (or would do); `gaps`: (title, step) for which nobody is left."""

    taken: list = field(default_factory=list)
    drafts: list = field(default_factory=list)
    left: list = field(default_factory=list)
    gaps: list = field(default_factory=list)


def may_hand_over(user):
    """Hand-overs are made by administrators."""
    return Post.ADMINISTRATOR in duties_of(user).posts


def holdings_of(person):
    """What the person holds: posts now and later, deputies, drafts, what waits at his steps."""
    mine = Appointment.objects.filter(user=person).select_related("department")
    today = timezone.localdate()
    return Holdings(
        appointments=list(mine.current().order_by("post", "department__position", "pk")),
        later=list(mine.filter(starts__gt=today)),
        deputies=list(Appointment.objects.current().filter(deputy_for=person)),
        drafts=list(unpublished_of(person).select_related("department")),
        waiting=queues.waiting_for(person),
    )


def hand_over(person, successors, *, by, deactivate=False, allow_gaps=False, dry_run=False):
    """End the person's posts and give them, with his drafts, to `successors`; returns an Outcome.

    `successors`: primary key of an appointment -> User, for as many as are known. With `dry_run`
    everything is tried and undone. Raises ReviewRefused for whoever may not do this, for successors
    who cannot take a post, and, unless `allow_gaps`, when a running review would stand at a step
    without anybody; then nothing has been changed.
    """
    if not may_hand_over(by):
        raise ReviewRefused(_("只有系统管理员可以办理交接。"))
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        outcome = _move(person, successors, by, deactivate)
        if outcome.gaps and not (allow_gaps or dry_run):
            raise ReviewRefused(
                _("交接后这些环节将无人办理：%(gaps)s。请指定接任者，或确认允许暂时空缺。")
                % {"gaps": "；".join(f"“{title}”{step}" for title, step in outcome.gaps)}
            )
        if dry_run:
            transaction.set_rollback(True)
        else:
            _log(person, outcome, by, deactivate)
            _tell(person, outcome)
    return outcome


def _move(person, successors, by, deactivate):
    before, held = gaps(), holdings_of(person)
    outcome = Outcome()
    officers = {}
    for appointment in held.appointments:
        successor = successors.get(appointment.pk)
        _take(appointment, successor, person)
        outcome.taken.append((appointment, successor))
        if successor and appointment.post == Post.OFFICER:
            officers[appointment.department_id] = successor
    for page in held.drafts:
        if successor := officers.get(page.department_id):
            Page.objects.filter(pk=page.pk).update(owner=successor)
            outcome.drafts.append((page, successor))
        else:
            outcome.left.append(page)
    if deactivate:
        person.is_active = False
        person.save(update_fields=["is_active"])
    refresh_groups(person)
    _keep_an_administrator()
    outcome.gaps = sorted(gaps() - before)
    return outcome


def _take(appointment, successor, person):
    """The successor holds it from today; the appointment ends yesterday (or on its only day)."""
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    if successor and (successor == person or not successor.is_active):
        raise ReviewRefused(_("接任者须是另一位在用账号的人员：%(who)s") % {"who": successor})
    try:
        begun_today = appointment.starts and appointment.starts > yesterday
        end_appointment(appointment, today if begun_today else yesterday)
        held = Appointment.objects.current().filter(
            user=successor, post=appointment.post, department=appointment.department
        )
        if successor and not held.exists():
            appoint(successor, appointment.post, appointment.department, starts=today)
    except ValidationError as error:
        raise ReviewRefused("；".join(error.messages)) from error


def _keep_an_administrator():
    others = User.objects.filter(is_active=True, is_superuser=True)
    if not (holders(Post.ADMINISTRATOR).exists() or others.exists()):
        raise ReviewRefused(_("交接后将没有系统管理员。请先为系统管理员岗位指定接任者。"))


def _log(person, outcome, by, deactivate):
    """On the person, what became of his posts; on each draft, its new owner."""
    log(
        instance=person,
        action=ACTION,
        user=by,
        data={
            "posts": [
                {"appointment": appointment.pk, "to": successor and successor.pk}
                for appointment, successor in outcome.taken
            ],
            "drafts": [[page.pk, successor.pk] for page, successor in outcome.drafts],
            "deactivated": deactivate,
        },
    )
    for page, successor in outcome.drafts:
        data = {"from": str(person), "to": str(successor)}
        log(instance=page, action=ACTION, user=by, data=data)


def _tell(person, outcome):
    """A notice to each successor and to whoever leaves."""
    posts = {}
    for appointment, successor in outcome.taken:
        posts.setdefault(successor, []).append(post_of(appointment))
    for successor, taken in posts.items():
        if successor:
            drafts = [page.draft_title for page, to in outcome.drafts if to == successor]
            _tell_one(successor, _("岗位交接：由您接任"), "taken_over", person, taken, drafts)
    lines = [
        f"{post_of(appointment)}：{successor or _('暂不指定')}"
        for appointment, successor in outcome.taken
    ]
    _tell_one(person, _("岗位交接：您的岗位已移交"), "handed_over", person, lines, [])


def _tell_one(person, subject, template, leaving, posts, drafts):
    notices.notify(
        [person],
        "handover",
        subject,
        template,
        {"leaving": leaving, "posts": posts, "drafts": drafts},
        reverse("wagtailadmin_home"),
    )


def post_of(appointment):
    where = f"·{appointment.department}" if appointment.department else ""
    return f"{appointment.get_post_display()}{where}"
