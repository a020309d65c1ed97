"""The verbs: report, pass on, answer. Each checks who asks, acts, logs, and tells who must know."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from extensions.base.mail import tell_staff
from extensions.error_reports.deadlines import days_of
from extensions.error_reports.models import ErrorReport
from page_types.organisation.duties import duties_of, holders
from page_types.organisation.models import Department, Post
from page_types.publication.models import Counter, Entry
from page_types.publication.snapshot import snapshot

#: Posts that see every report and may pass it on.
WATCHERS = frozenset({Post.OFFICE, Post.CENTRE})
#: Letters and digits that nobody confuses on the telephone.
_CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_State = ErrorReport.State


class ReportRefused(PermissionDenied):
    """A step that may not be taken. `reason` is a sentence for the person at hand."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = str(reason)


def watches(user):
    """Whether the user sees all reports: information centre, office, superuser."""
    return user.is_active and (user.is_superuser or bool(duties_of(user).posts & WATCHERS))


def answers_for(user):
    """Departments (primary keys) for which this user answers: he feeds or reviews their texts."""
    duties = duties_of(user)
    return duties.officer_of | duties.reviewer_of


def visible_to(user):
    """The reports that this user may see."""
    if watches(user):
        return ErrorReport.objects.all()
    return ErrorReport.objects.filter(department_id__in=answers_for(user))


def waiting_for(user):
    """What this user must deal with now, the most urgent first."""
    mine = Q(state=_State.PASSED_ON, department_id__in=answers_for(user))
    if watches(user):
        mine |= Q(state=_State.RECEIVED)
    return visible_to(user).filter(mine).order_by("answer_due", "pk")


def may_act(user, report):
    """Whether the user may pass this report on or answer it."""
    return report.state != _State.ANSWERED and (
        watches(user)
        or (report.state == _State.PASSED_ON and report.department_id in answers_for(user))
    )


def column_of_path(path):
    """The column in which an address of the public site lies, or None."""
    node, _rest, _former = snapshot().longest(path.split("?")[0].strip("/"))
    return node if node is not None and node.path else None


def owners_of(report):
    """Departments to whom the report is passed on, as a rule: those that owe the page's column.

    A column that all departments share has no owner: there it is the page's own department.
    """
    if report.column is None:
        return Department.objects.none()
    owners = report.column.owners.filter(active=True)
    if report.column.shared:
        slug = report.page.split("?")[0].strip("/").rpartition("/")[2]
        pages = Entry.objects.filter(column=report.column, slug=slug).exclude(slug="")
        owners = Department.objects.filter(active=True, pk__in=pages.values("department"))
    return owners


@transaction.atomic
def report(*, page, kind, description, contact=""):
    """Take a report in; returns (report, code). Only the code's hash is kept."""
    now = timezone.now()
    node = column_of_path(page)
    code = "".join(secrets.choice(_CODE) for _place in range(8))
    year = timezone.localtime(now).year
    made = ErrorReport.objects.create(
        reference=f"{year}-{Counter.take(f'error-report/{year}'):05d}",
        code_hash=make_password(code),
        page=page,
        column_id=node.pk if node else None,
        kind=kind,
        description=description,
        contact=contact,
        received_at=now,
        **days_of(now),
    )
    log(made, "error_reports.report")
    watchers = holders(Post.CENTRE)
    _tell(watchers if watchers.exists() else holders(Post.OFFICE), made, "received")
    return made, code


@transaction.atomic
def pass_on(report_id, user, department):
    """Give the report to a department; returns it. A department may pass on what is not its own.

    Raises ReportRefused for the wrong person, an answered report, or the department that has it.
    """
    found = _for_action(report_id, user)
    if found.department_id == department.pk:
        raise ReportRefused(_("已经由该部门承办，请选择另一个部门或直接答复。"))
    before = found.department
    found.department, found.state = department, _State.PASSED_ON
    found.passed_on_at = found.passed_on_at or timezone.now()
    found.save(update_fields=["department", "state", "passed_on_at"])
    log(
        found,
        "error_reports.pass_on",
        user=user,
        data={"to": department.name, "from": before.name if before else ""},
    )
    officers, reviewers = (holders(post, department.pk) for post in (Post.OFFICER, Post.REVIEWER))
    _tell((officers | reviewers).distinct(), found, "passed_on")
    return found


@transaction.atomic
def answer(report_id, user, text):
    """Answer the report, which ends it; returns it. The reporter reads the text by his code.

    Raises ReportRefused for the wrong person, an empty text, or a report answered already.
    """
    found = _for_action(report_id, user)
    text = text.strip()
    if not text:
        raise ReportRefused(_("请写明处理结果。"))
    found.state, found.answer = _State.ANSWERED, text
    found.answered_by, found.answered_at = user, timezone.now()
    found.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    log(found, "error_reports.answer", user=user)
    return found


def of_reporter(reference, code):
    """The report of that reference if the code is right, or None; the same for both mistakes."""
    found = ErrorReport.objects.filter(reference=reference.strip()).first()
    known = found.code_hash if found and found.code_hash else make_password(None)
    return found if check_password(code.strip().upper(), known) else None


def purge_contacts(now=None):
    """Erase contact and code of reports answered long ago; returns how many."""
    before = (now or timezone.now()) - timedelta(days=settings.ERROR_REPORT_CONTACT_DAYS)
    return (
        ErrorReport.objects.filter(answered_at__lt=before)
        .exclude(contact="", code_hash="")
        .update(contact="", code_hash="")
    )


def recompute_days():
    """Bring the days of reports that wait in line with the calendar as it is; says how many."""
    moved = 0
    for report in ErrorReport.objects.exclude(state=_State.ANSWERED):
        days = days_of(report.received_at)
        if any(getattr(report, name) != day for name, day in days.items()):
            moved += ErrorReport.objects.filter(pk=report.pk).update(**days)
    return f"期限变动 / days moved: {moved}" if moved else ""


def _for_action(report_id, user):
    """The report, locked, if the user may act on it."""
    found = ErrorReport.objects.select_for_update().get(pk=report_id)
    if found.state == _State.ANSWERED:
        raise ReportRefused(_("这条找错已经答复，不能再改。"))
    if not may_act(user, found):
        raise ReportRefused(_("这条找错不由您办理。"))
    return found


def _tell(people, found, what):
    with override(settings.LANGUAGE_CODE):  # the visitor may have come through the English door
        subject = {
            "received": _("网站找错待转办：%(reference)s"),
            "passed_on": _("网站找错待答复：%(reference)s"),
        }[what] % {"reference": found.reference}
    tell_staff(
        list(people),
        subject,
        f"ext_error_reports/mail/{what}.txt",
        {
            "report": found,
            "url": settings.WAGTAILADMIN_BASE_URL
            + reverse("error_reports:detail", args=[found.pk]),
        },
    )
