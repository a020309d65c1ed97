"""What manuscripts put on people's homes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from extensions.base import reviewing
from extensions.manuscripts import services
from extensions.manuscripts.models import Manuscript
from page_types.review.today import Sentence


def sentences(desk):
    """To be written, decided on, sent."""
    user = desk.user
    if not services.may_enter(user):
        return
    mine = Manuscript.objects.filter(
        state=Manuscript.State.ASSIGNED, department_id__in=desk.duties.officer_of
    )
    for manuscript in mine.order_by("due")[:3]:
        yield Sentence(
            _("上报稿件“%(title)s”应于 %(due)s 前交稿")
            % {"title": manuscript.title, "due": manuscript.due.isoformat()},
            manuscript.review_url(),
            pressing=True,
        )
    for review in reviewing.waiting_for(user, Manuscript):
        if not reviewing.why_not(review, user):
            yield Sentence(
                _("上报稿件“%(title)s”待您审定") % {"title": review.record.title},
                review.record.review_url(),
            )
    if services.directs(user):
        waiting = Manuscript.objects.filter(state=Manuscript.State.APPROVED)
        if count := waiting.count():
            yield Sentence(
                _("有 %(count)d 件上报稿件已审定，待报送并登记") % {"count": count},
                f"{reverse('manuscripts:index')}?state=approved",
            )
