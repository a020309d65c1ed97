"""Appointing people: the one place that changes posts, and the admin groups that follow them."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from page_types.organisation.duties import _CACHE
from page_types.organisation.models import Appointment, Post, PostGroup, User

#: Posts that decide on others' texts: for these a deputy may stand in (代审).
DEPUTISED = (Post.REVIEWER, Post.LEADER, Post.PRINCIPAL, Post.OFFICE, Post.CENTRE)
DEPUTY_NAMED, DEPUTY_WITHDRAWN = "organisation.deputy", "organisation.deputy_withdrawn"


def group_of(post, department=None):
    """The group that carries the grants of a post; made on first use, able to enter the admin."""
    found = PostGroup.objects.filter(post=post, department=department).first()
    if found:
        return found.group
    name = f"{Post(post).label}·{department.name}" if department else str(Post(post).label)
    group, _made = Group.objects.get_or_create(name=name)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    if post == Post.ADMINISTRATOR:
        group.permissions.add(*_people_permissions())
    PostGroup.objects.create(post=post, department=department, group=group)
    return group


def _people_permissions():
    """Making accounts and appointing; nobody may delete either."""
    return Permission.objects.filter(
        content_type__app_label="organisation",
        codename__regex=r"^(add|change|view)_(user|appointment)$",
    )


@transaction.atomic
def appoint(user, post, department=None, **dates):
    """Give `user` a post (idempotent); returns the appointment.

    `dates`: starts, ends, deputy_for, as in `Appointment`. Raises ValidationError when post and
    department do not fit.
    """
    appointment = Appointment.objects.filter(
        user=user, post=post, department=department, **dates
    ).first()
    if appointment is None:
        appointment = Appointment(user=user, post=post, department=department, **dates)
        appointment.full_clean()
        appointment.save()
    refresh_groups(user)
    return appointment


@transaction.atomic
def end_appointment(appointment, day):
    """End an appointment on `day` (the last day on which it holds)."""
    appointment.ends = day
    appointment.full_clean()
    appointment.save()
    refresh_groups(appointment.user)


def may_deputise(post, department=None, holder=None):
    """Active people with some post of today who could stand in for a holder of `post`."""
    holds = Appointment.objects.current().filter(post=post, department=department)
    return (
        User.objects.filter(is_active=True, appointments__in=Appointment.objects.current())
        .exclude(appointments__in=holds)
        .exclude(pk=holder and holder.pk)
        .distinct()
        .order_by("department__position", "last_name", "first_name", "pk")
    )


@transaction.atomic
def appoint_deputy(deputy, post, department, *, holder, starts, ends, by, reason=""):
    """Let `deputy` take the post from `starts` to `ends` (inclusive) in place of `holder`.

    `holder` is None where nobody holds it. Who may ask is the caller's rule. Raises ValidationError
    with a sentence that says what to do.
    """
    if post not in DEPUTISED:
        raise ValidationError(_("只有审核岗位可以指定代审人。"))
    if not may_deputise(post, department, holder).filter(pk=deputy.pk).exists():
        raise ValidationError(
            _("%(who)s不能代审：须是另一位在岗、且不任此岗的人员。") % {"who": deputy}
        )
    if starts < timezone.localdate():
        raise ValidationError(_("开始日期不能早于今天。"))
    if ends < starts:
        raise ValidationError(_("结束日期不能早于开始日期。"))
    appointment = appoint(deputy, post, department, starts=starts, ends=ends, deputy_for=holder)
    log(
        instance=appointment,
        action=DEPUTY_NAMED,
        user=by,
        data={
            "deputy": deputy.pk,
            "for": holder and holder.pk,
            "starts": starts.isoformat(),
            "ends": ends.isoformat(),
            "reason": reason,
        },
    )
    return appointment


@transaction.atomic
def withdraw_deputy(appointment, *, by):
    """End a deputy's appointment today; one that has not begun is taken back altogether.

    What has not begun has carried no decision: only then the row goes, and the log keeps it.
    """
    today = timezone.localdate()
    log(
        instance=appointment,
        action=DEPUTY_WITHDRAWN,
        user=by,
        data={"deputy": appointment.user_id, "for": appointment.deputy_for_id},
    )
    if appointment.starts and appointment.starts > today:
        appointment.delete()
        refresh_groups(appointment.user)
    else:
        end_appointment(appointment, today)


def refresh_groups(user):
    """Bring the user's post groups in line with his appointments; other groups are left alone."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)
    held = [
        group_of(appointment.post, appointment.department)
        for appointment in Appointment.objects.current()
        .filter(user=user)
        .select_related("department")
    ]
    stale = PostGroup.objects.exclude(group__in=held).values("group")
    user.groups.remove(*Group.objects.filter(pk__in=stale, user=user))
    user.groups.add(*held)


def groups_at_sign_in(sender, user, **kwargs):
    """An appointment that began or ended by its date changes the groups at the next sign-in.

    Duties are read by date at every question; groups only make collections and places reachable.
    """
    refresh_groups(user)
