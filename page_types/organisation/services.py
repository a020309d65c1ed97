"""Appointing people: the one place that changes posts, and the admin groups that follow them."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from page_types.organisation.duties import _CACHE
from page_types.organisation.models import Appointment, Post, PostGroup


def group_of(post, department=None):
    """The group that carries the grants of a post; made on first use, able to enter the admin."""
    found = PostGroup.objects.filter(post=post, department=department).first()
    if found:
        return found.group
    name = f"{Post(post).label}·{department.name}" if department else str(Post(post).label)
    group, _ = Group.objects.get_or_create(name=name)
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
