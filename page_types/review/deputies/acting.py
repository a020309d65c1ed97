"""代审 in the record: whose place a deputy took when he set his seal, by the posts of that day."""

from django.utils.timezone import localtime
from wagtail.models import Task

from page_types.organisation.models import Appointment


def in_place_of(seals):
    """{seal's pk: the User in whose place it was set}; whoever held the post himself is not in it.

    The seals must have their `chain`. One query where no signer was ever a deputy, else a few more.
    """
    seals = list(seals)
    held = Appointment.objects.filter(user__in={seal.by_id for seal in seals})
    deputised = held.exclude(deputy_for=None).select_related("deputy_for")
    if not seals or not (deputised := list(deputised)):
        return {}
    tasks = Task.objects.filter(pk__in={seal.task_id for seal in seals}).specific()
    steps, found = {task.pk: task for task in tasks}, {}
    own = list(held.filter(deputy_for=None))
    for seal in seals:
        if seal.task_id not in steps:
            continue
        place = _place(seal, steps[seal.task_id])
        for deputy in deputised:
            if _covers(deputy, place) and not any(_covers(mine, place) for mine in own):
                found[seal.pk] = deputy.deputy_for
    return found


def _place(seal, task):
    department_id = seal.chain.department_id if task.of_department else None
    return seal.by_id, task.post, department_id, localtime(seal.at).date()


def _covers(appointment, place):
    user_id, post, department_id, day = place
    mine = (appointment.user_id, appointment.post, appointment.department_id)
    if mine != (user_id, post, department_id):
        return False
    return (appointment.starts or day) <= day <= (appointment.ends or day)
