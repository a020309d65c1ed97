"""What the clock says once on each working day to whoever has not done what is due."""

from collections import defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.organisation import calendar
from page_types.organisation.duties import holders
from page_types.organisation.models import Post
from page_types.review.deadlines.left import in_words
from page_types.review.follow_up import looking
from page_types.review.follow_up.models import PostPublishCheck, ReportingDuty
from page_types.review.notices import notify

KIND = "follow_up"
#: How many lines a reminder has; the screens have them all.
NAMED = 20


@transaction.atomic
def remind(day=None):
    """Tell what is due today or overdue, the office what is overdue; one notice a person."""
    day = day or timezone.localdate()
    if not calendar.is_working_day(day):
        return ""
    duties = list(
        ReportingDuty.objects.filter(done_at=None, due__lte=day)
        .exclude(reminded_on=day)
        .select_related("department")
    )
    checks = list(
        looking.waiting()
        .filter(due__lte=day)
        .exclude(reminded_on=day)
        .select_related("publisher", "event")
    )
    if not duties and not checks:
        return ""
    for person, lines in _by_person(duties, checks).items():
        notify(
            [person],
            KIND,
            _("有 %(count)d 件事到期或逾期") % {"count": len(lines)},
            "follow_up",
            {"lines": lines[:NAMED], "more": max(0, len(lines) - NAMED)},
            reverse("wagtailadmin_home"),
        )
    ReportingDuty.objects.filter(pk__in=[duty.pk for duty in duties]).update(reminded_on=day)
    PostPublishCheck.objects.filter(pk__in=[check.pk for check in checks]).update(reminded_on=day)
    return f"到期提醒 / reminded: {len(duties) + len(checks)}"


def _by_person(duties, checks):
    office, departments, found = list(holders(Post.OFFICE)), {}, defaultdict(list)
    for duty in duties:
        if duty.department_id not in departments:
            posts = (Post.OFFICER, Post.REVIEWER)
            departments[duty.department_id] = {
                person for post in posts for person in holders(post, duty.department_id)
            }
        line = _("规范性文件“%(title)s”：%(missing)s没有报办公室，%(left)s") % {
            "title": duty.title,
            "missing": "、".join(duty.missing),
            "left": in_words(duty.due, duty.provisional),
        }
        for person in {*departments[duty.department_id], *(office if duty.overdue else ())}:
            found[person].append(line)
    for check in checks:
        line = _("公开页面“%(title)s”没有核对确认（发布人 %(who)s），%(left)s") % {
            "title": check.event.title,
            "who": check.publisher,
            "left": in_words(check.due, check.provisional),
        }
        for person in {check.publisher, *(office if check.overdue else ())}:
            if person.is_active:
                found[person].append(line)
    return found
