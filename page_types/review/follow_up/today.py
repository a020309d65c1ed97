"""What follow-up puts on people's homes, and what connects it with the rest of the portal."""

from datetime import timedelta

from django.db.models.signals import post_delete, post_save
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, TaskState
from wagtail.signals import task_submitted

from page_types.organisation import calendar
from page_types.organisation.models import Post
from page_types.publication import scheduler
from page_types.publication.demo import played_date
from page_types.publication.models import Event
from page_types.review import notices, today
from page_types.review.deadlines.left import in_words
from page_types.review.follow_up import follower, looking, reminders, reporting
from page_types.review.follow_up.models import PostPublishCheck, ReportingDuty

#: How many are named one by one; the screens have them all.
NAMED = 3
Outcome = PostPublishCheck.Outcome


def connect():
    """Called once, when the room is ready."""
    post_save.connect(_saved, sender=Revision, dispatch_uid="follow_up_draft")
    post_save.connect(follower.after_commit, sender=Event, dispatch_uid="follow_up_event")
    post_delete.connect(_deleted, sender=Page, dispatch_uid="follow_up_deleted")
    task_submitted.connect(_begun, sender=TaskState, dispatch_uid="follow_up_step")
    calendar.on_calendar_change(recompute)
    today.register(of_documents)
    today.register(of_live_pages)
    today.register(of_calendar)
    notices.kinds.register(looking.KIND, gettext_lazy("发布后检查"))
    notices.kinds.register(reminders.KIND, gettext_lazy("到期提醒"))
    scheduler.register("follow_up", follower.follow)
    scheduler.register("follow_up_look", looking.look_at_new)
    scheduler.register("follow_up_days", recompute, every=timedelta(hours=1))
    scheduler.register("follow_up_remind", reminders.remind, every=timedelta(minutes=30))


def _saved(instance, **kwargs):
    if not played_date() and instance.base_content_type.model_class() is Page:
        reporting.read_draft(int(instance.object_id), instance.content)


def _begun(instance, **kwargs):
    page = instance.workflow_state.object_id
    reporting.refresh(reporting.concerned_by([int(page)]))


def _deleted(instance, **kwargs):
    reporting.forget(instance.pk)


def recompute():
    """Every open day of this part anew, by the calendar as it is; returns a sentence, if any."""
    moved = reporting.recompute() + looking.recompute()
    return f"期限变动 / days moved: {moved}" if moved else ""


def of_documents(desk):
    """The countdown of each normative document: to its department, and to the office."""
    duties = desk.duties
    open_ones = ReportingDuty.objects.filter(done_at=None)
    if Post.OFFICE not in duties.posts:
        open_ones = open_ones.filter(department_id__in=duties.officer_of | duties.reviewer_of)
    found = list(open_ones.select_related("department")[: NAMED + 1])
    url = reverse("review:reporting")
    for duty in found[:NAMED]:
        yield today.Sentence(
            _("%(department)s规范性文件“%(title)s”：%(missing)s最迟 %(day)s 报办公室，%(left)s")
            % {
                "department": duty.department,
                "title": duty.title,
                "missing": "、".join(duty.missing),
                "day": duty.due.isoformat(),
                "left": in_words(duty.due, duty.provisional),
            },
            url,
        )
    if found[NAMED:]:
        more = open_ones.count() - NAMED
        yield today.Sentence(_("另有 %(count)d 件规范性文件待报办公室") % {"count": more}, url)


def of_live_pages(desk):
    """To the publisher what he must look at, to the office what others have not."""
    day = timezone.localdate()
    mine = list(looking.waiting_of(desk.user).select_related("event")[: NAMED + 1])
    for check in mine[:NAMED]:
        yield today.Sentence(
            _("您发布的“%(title)s”须打开公开页面核对并确认，%(left)s")
            % {"title": check.event.title, "left": in_words(check.due, check.provisional)},
            reverse("review:live_page", args=[check.pk]),
        )
    if mine[NAMED:]:
        more = looking.waiting_of(desk.user).count() - NAMED
        yield today.Sentence(
            _("另有 %(count)d 个您发布的页面待核对") % {"count": more}, reverse("review:live_pages")
        )
    if Post.OFFICE in desk.duties.posts:
        yield from _of_others(desk, day)
    yield from _of_problems(desk)


def _of_others(desk, day):
    others = looking.waiting().exclude(publisher=desk.user)
    numbers = looking.in_numbers(others, day)
    if numbers["overdue"]:
        yield today.Sentence(
            _("有 %(count)d 个公开页面发布后逾期没有确认") % {"count": numbers["overdue"]},
            reverse("review:live_pages"),
        )
    if waiting := numbers["total"] - numbers["overdue"]:
        yield today.Sentence(
            _("有 %(count)d 个公开页面等发布人核对") % {"count": waiting},
            reverse("review:live_pages"),
            pressing=False,
        )


def _of_problems(desk):
    """What was found wrong and still stands there: to the department, and to the office."""
    duties = desk.duties
    found = PostPublishCheck.objects.filter(outcome=Outcome.PROBLEM, settled_by=None)
    if Post.OFFICE not in duties.posts:
        found = found.filter(department_id__in=duties.officer_of | duties.reviewer_of)
    for check in found.select_related("event")[:NAMED]:
        yield today.Sentence(
            _("“%(title)s”发布后发现问题，请更正：%(remark)s")
            % {"title": check.event.title, "remark": check.remark},
            reverse("review:live_page", args=[check.pk]),
        )


def of_calendar(desk):
    """From 1 December whoever can load the next year is told that it is missing."""
    keepers = {Post.OFFICE, Post.ADMINISTRATOR}
    if desk.duties.posts & keepers and (year := calendar.missing_year()):
        yield today.Sentence(
            _("%(year)d 年的放假安排尚未载入，期限暂按周一至周五推算") % {"year": year},
            reverse("calendar_year"),
        )
