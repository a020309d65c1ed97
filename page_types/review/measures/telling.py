"""Whom a measure is told: the office to decide, the department what became of its page."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from page_types.organisation.duties import holders
from page_types.organisation.models import Post, User
from page_types.publication.models import Measure
from page_types.review import notices

#: Kinds that are an alarm: they are told to the principal leader too, and cannot be switched off.
ALARMS = (Measure.Kind.EMERGENCY, Measure.Kind.BREAK_GLASS)


def register():
    """The kinds of notices, once."""
    notices.kinds.register("measure", _("处置申请与结果"))
    notices.kinds.register("alarm", _("紧急撤下与应急发布"), always=True)


def asked(measure):
    """The office decides; that a chain is about to be passed by, the principal leader hears too."""
    posts = [Post.OFFICE, Post.PRINCIPAL] if measure.kind in ALARMS else [Post.OFFICE]
    _tell(
        measure, _of_posts(*posts), _("待决定：%(what)s"), "measure_asked", but=measure.asked_by_id
    )


def done(measure):
    """Whoever asked and the department; of an alarm also office and principal leader."""
    people = _of_department(measure) | Q(pk=measure.asked_by_id)
    if measure.kind in ALARMS:
        people |= _of_posts(Post.OFFICE, Post.PRINCIPAL)
    last = measure.second_by_id or measure.asked_by_id
    _tell(measure, people, _("已执行：%(what)s"), "measure_done", but=last)


def refused(measure):
    _tell(measure, Q(pk=measure.asked_by_id), _("未同意：%(what)s"), "measure_refused")


def countersigned(measure):
    _tell(measure, Q(pk=measure.asked_by_id), _("已会签：%(what)s"), "measure_countersigned")


def _of_posts(*posts):
    found = Q(pk__in=[])
    for post in posts:
        found |= Q(pk__in=holders(post).values("pk"))
    return found


def _of_department(measure):
    found = Q(pk__in=[])
    for post in (Post.OFFICER, Post.REVIEWER):
        found |= Q(pk__in=holders(post, measure.department_id).values("pk"))
    return found


def _tell(measure, people, subject, template, but=None):
    notices.notify(
        User.objects.filter(people, is_active=True).exclude(pk=but),
        "alarm" if measure.kind in ALARMS else "measure",
        subject % {"what": measure},
        template,
        {"measure": measure},
        reverse("review:measure", args=[measure.pk]),
    )
