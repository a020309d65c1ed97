"""What the schedule puts on people's homes, and whom it tells of a refusal."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.organisation.duties import holders
from page_types.organisation.models import Post, User
from page_types.publication import schedule, scheduler
from page_types.publication.models import Schedule
from page_types.review import notices, today
from page_types.review.scheduled.services import schedules_for

#: Post whose holders are told when something could not be carried out.
TOLD = Post.OFFICE


def connect():
    """Called once, when the room is ready."""
    today.register(sentences)
    schedule.refused.connect(tell_refusal, dispatch_uid="review_schedule_refused")
    notices.kinds.register("schedule", _("定时发布与到期撤下"))


def sentences(desk):
    """Refused ones press; the next one to come is said; a silent clock is an alarm."""
    found = schedules_for(desk.user)
    waiting = found.filter(state=Schedule.State.WAITING)
    where = reverse("review:scheduled")
    if refused := found.filter(state=Schedule.State.REFUSED).count():
        yield today.Sentence(
            _("有 %(count)d 项定时发布或到期撤下未能执行，请处理") % {"count": refused}, where
        )
    first = waiting.first()
    if first is None:
        return
    if scheduler.is_silent() and desk.duties.posts & {Post.OFFICE, Post.ADMINISTRATOR}:
        yield today.Sentence(_("定时任务没有运行，定时发布不会执行，请系统管理员检查"), where)
    yield today.Sentence(
        _("“%(title)s”定于 %(when)s %(what)s")
        % {
            "title": first.title,
            "when": timezone.localtime(first.due_at).strftime("%Y-%m-%d %H:%M"),
            "what": first.get_what_display()[2:],
        },
        where,
        pressing=False,
    )


def tell_refusal(sender, schedule, **kwargs):
    """The office, whoever approved it and whoever asked for it are told, with the reason."""
    people = set(holders(TOLD).values_list("pk", flat=True)) | {schedule.by_id}
    if schedule.chain:
        people.add(schedule.chain.started_by_id)
    notices.notify(
        User.objects.filter(pk__in=people, is_active=True),
        "schedule",
        _("未能执行：%(what)s“%(title)s”")
        % {"what": schedule.get_what_display(), "title": schedule.title},
        "schedule_refused",
        {"schedule": schedule},
        reverse("review:scheduled"),
    )
