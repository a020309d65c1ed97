"""What measures put on people's homes."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.organisation import calendar
from page_types.organisation.models import Post
from page_types.publication.models import Measure
from page_types.review import today
from page_types.review.measures import rules, services, telling


def connect():
    """Called once, when the room is ready."""
    telling.register()
    today.register(sentences)
    calendar.on_calendar_change(services.recompute)


def sentences(desk):
    """To the office what waits for it; to office and principal leader what nobody countersigned."""
    if not desk.duties.posts & rules.COUNTERSIGNING:
        return
    alone = Q(kind=Measure.Kind.EMERGENCY, state=Measure.State.DONE, second_by=None)
    asked = Q(state=Measure.State.ASKED)
    found = list(Measure.objects.filter(alone | asked).order_by("countersign_due", "asked_at"))
    for measure in found:
        if measure.awaits_countersigning and measure.asked_by_id != desk.user.pk:
            yield today.Sentence(_alone(measure), reverse("review:measure", args=[measure.pk]))
    if Post.OFFICE not in desk.duties.posts:
        return
    mine = [m for m in found if not m.awaits_countersigning and m.asked_by_id != desk.user.pk]
    if len(mine) == 1:
        yield today.Sentence(
            _("%(who)s 申请%(what)s，请决定") % {"who": mine[0].asked_by, "what": mine[0]},
            reverse("review:measure", args=[mine[0].pk]),
        )
    elif mine:
        yield today.Sentence(
            _("有 %(count)d 项处置申请待决定") % {"count": len(mine)}, reverse("review:measures")
        )


def _alone(measure):
    late = (timezone.localdate() - measure.countersign_due).days
    if late > 0:
        said = _("“%(title)s”被紧急撤下，会签已逾期 %(days)d 天")
        return said % {"title": measure.title, "days": late}
    said = _("“%(title)s”被紧急撤下，须在 %(day)s 前会签")
    return said % {"title": measure.title, "day": measure.countersign_due}
