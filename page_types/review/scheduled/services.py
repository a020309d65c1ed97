"""The verbs of the schedule: seeing what waits, and taking it off before its time."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.publication import schedule
from page_types.publication.models import Counter, Schedule
from page_types.review.errors import ReviewRefused

ACTION = "review.unschedule"


def schedules_for(user):
    """Waiting and refused schedules that the user may see, in the order of their time."""
    duties = duties_of(user)
    found = Schedule.objects.filter(state__in=Schedule.OPEN).select_related(
        "department", "column", "by"
    )
    if not duties.sees_all:
        found = found.filter(department_id__in=duties.departments)
    return found.order_by("due_at", "pk")


def why_not_unschedule(waiting, user):
    """Why the user may not take it off, as a sentence; empty if he may.

    A publication to come may be stopped by everyone who could have stopped its review; a date of
    coming down was approved with the public text, and only office and centre may lift it.
    """
    duties = duties_of(user)
    if duties.posts & {Post.OFFICE, Post.CENTRE}:
        return ""
    if waiting.what == Schedule.What.EXPIRY:
        return _("到期撤下已随文本批准，只有办公室和信息中心可以取消。")
    if waiting.department_id in duties.officer_of | duties.reviewer_of:
        return ""
    return _("只有本处室的信息员和审核人、办公室、信息中心可以取消定时发布。")


@transaction.atomic
def unschedule(waiting, user, reason):
    """Take off what waits, or put away what was refused. Raises ReviewRefused.

    A text that is stopped so needs new approvals.
    """
    reason = (reason or "").strip()
    if not reason:
        raise ReviewRefused(_("取消必须写明原因。"))
    Counter.lock(Counter.EVENT)
    waiting = Schedule.objects.select_related("chain").get(pk=waiting.pk)
    if waiting.state not in Schedule.OPEN:
        raise ReviewRefused(_("这一项已经执行或取消，不能再取消。"))
    if why := why_not_unschedule(waiting, user):
        raise ReviewRefused(why)
    schedule.cancel_for(waiting.page_id, reason, user, waiting.what)
    page = Page.objects.filter(pk=waiting.page_id).first()
    log(
        instance=page.specific if page else waiting,
        action=ACTION,
        user=user,
        data={
            "what": waiting.what,
            "title": waiting.title,
            "due_at": waiting.due_at.isoformat(),
            "reason": reason,
        },
    )
