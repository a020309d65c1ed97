"""发布后检查: the publisher looks at the live page, after the machine has done so.

The plan, part four (二): 信息发布后，发布人员还要及时上网浏览、检查，确保准确无误. Within one
working day (`PORTAL_POST_PUBLISH_DAYS`); that he has opened the page is known because the way there
leads through us.
"""

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from page_types.organisation.duties import duties_of, holders
from page_types.organisation.models import Post, User
from page_types.review import notices, probes
from page_types.review.errors import ReviewRefused
from page_types.review.follow_up.follower import due_of, open_checks
from page_types.review.follow_up.models import PostPublishCheck

Outcome = PostPublishCheck.Outcome
#: Names of the log actions, and of the kind of notice.
CONFIRMED, PROBLEM_FOUND = "review.live_page_confirmed", "review.live_page_problem"
KIND = "live_page"
#: Pages that the clock looks at in one round.
A_ROUND = 20


def checks_for(user):
    """The checks that the user may see: his own, his departments', all for bureau-wide posts."""
    duties, found = duties_of(user), PostPublishCheck.objects.all()
    if not (duties.sees_all or user.is_superuser):
        found = found.filter(Q(publisher=user) | Q(department_id__in=duties.departments))
    return found.select_related("event", "publisher", "department", "decided_by")


def waiting():
    """What somebody must still confirm, the most urgent first."""
    return PostPublishCheck.objects.filter(outcome=Outcome.WAITING, settled_by=None)


def waiting_of(user):
    """What the user himself must confirm."""
    return waiting().filter(publisher=user)


def in_numbers(checks, day):
    """{"total", "overdue"} of a queryset of checks, on a day."""
    return checks.aggregate(total=Count("pk"), overdue=Count("pk", filter=Q(due__lt=day)))


def recompute():
    """Bring the days of open checks in line with the calendar as it is; returns how many moved."""
    moved = 0
    for check in waiting().select_related("event"):
        deadline = due_of(check.event)
        if (check.due, check.provisional) != (deadline.day, deadline.provisional):
            check.due, check.provisional = deadline.day, deadline.provisional
            check.save(update_fields=["due", "provisional"])
            moved += 1
    return moved


def why_not(check, user):
    """Why the user may not say how the page is, as a sentence; empty if he may.

    The office may where the publisher does not: his account is closed, or his day is over.
    """
    if check.settled_by_id is not None:
        return _("该页面之后又有发布或撤下，这次检查已由其取代。")
    if check.outcome:
        return _("这次检查已经办结。")
    if check.publisher_id == user.pk:
        return ""
    is_office = Post.OFFICE in duties_of(user).posts
    if is_office and (check.overdue or not check.publisher.is_active):
        return ""
    return _("请发布人 %(who)s 打开公开页面核对并确认；逾期后办公室可以代为确认。") % {
        "who": check.publisher
    }


def _locked(check):
    return (
        PostPublishCheck.objects.select_for_update(of=("self",))
        .select_related("event", "publisher", "department")
        .get(pk=check.pk)
    )


@transaction.atomic
def opened(check, user):
    """The user goes to the live page; only the way of whoever may confirm counts."""
    check = _locked(check)
    if not why_not(check, user) and check.opened_at is None:
        check.opened_at = timezone.now()
        check.save(update_fields=["opened_at"])
    return check


@transaction.atomic
def confirm(check, user):
    """The page is right. Raises ReviewRefused, also before the page was opened."""
    return _decide(check, user, Outcome.FINE, "", CONFIRMED)


@transaction.atomic
def report_problem(check, user, remark):
    """Something is wrong: department and office are told, a corrected text settles it."""
    if not remark.strip():
        raise ReviewRefused(_("请写明发现了什么问题。"))
    check = _decide(check, user, Outcome.PROBLEM, remark.strip(), PROBLEM_FOUND)
    _tell(check, _concerned(check).exclude(pk=user.pk), _("发布后发现问题：%(title)s"))
    return check


def _decide(check, user, outcome, remark, action):
    check = _locked(check)
    if why := why_not(check, user):
        raise ReviewRefused(why)
    if check.opened_at is None:
        raise ReviewRefused(_("请先点“打开公开页面”，核对以后再确认。"))
    check.outcome, check.remark = outcome, remark
    check.decided_at, check.decided_by = timezone.now(), user
    check.save(update_fields=["outcome", "remark", "decided_at", "decided_by"])
    log(
        instance=Page.objects.get(pk=check.page_id).specific,
        action=action,
        user=user,
        data={"event": check.event_id, "remark": remark, "found": check.problems},
    )
    return check


def look(check):
    """Ask the live site and keep what it answered; a problem is told at once, once."""
    findings = [
        {"probe": str(finding.label), "found": str(finding.found)}
        for finding in probes.look(check.event)
    ]
    with transaction.atomic():
        check = _locked(check)
        first = check.looked_at is None
        check.looked_at, check.findings = timezone.now(), findings
        check.save(update_fields=["looked_at", "findings"])
        if first and check.problems and check.waiting:
            people = User.objects.filter(Q(pk=check.publisher_id) | _of_office(), is_active=True)
            _tell(check, people, _("发布后自动检查发现问题：%(title)s"))
    return check


def look_at_new():
    """Look at what nobody and nothing has looked at; returns a sentence for the log, if any."""
    found = list(
        open_checks().filter(looked_at=None).select_related("event").order_by("pk")[:A_ROUND]
    )
    for check in found:
        look(check)
    return f"自动检查 / looked at: {len(found)}" if found else ""


def _of_office():
    return Q(pk__in=holders(Post.OFFICE).values("pk"))


def _concerned(check):
    """The department that answers for the page, its publisher, the office."""
    people = Q(pk=check.publisher_id) | _of_office()
    for post in (Post.OFFICER, Post.REVIEWER):
        people |= Q(pk__in=holders(post, check.department_id).values("pk"))
    return User.objects.filter(people, is_active=True)


def _tell(check, people, subject):
    notices.notify(
        people,
        KIND,
        subject % {"title": check.event.title},
        "live_page",
        {"check": check, "title": check.event.title},
        reverse("review:live_page", args=[check.pk]),
    )
