"""Screens: public pages to look at, one of them, and what documents owe the office."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from page_types.organisation.duties import duties_of
from page_types.publication.addresses import public_path
from page_types.review.deadlines.left import in_words
from page_types.review.errors import ReviewRefused
from page_types.review.follow_up import looking
from page_types.review.follow_up.forms import RemarkForm
from page_types.review.follow_up.models import PostPublishCheck, ReportingDuty

PER_PAGE = 25
Outcome = PostPublishCheck.Outcome


def _with_a_post(user):
    duties = duties_of(user)
    if not (duties.departments or duties.sees_all):
        raise PermissionDenied
    return duties


def _with_left(lines):
    for line in lines:
        line.left = in_words(line.due, line.provisional)
    return lines


@require_safe
def live_pages(request):
    """What must be looked at, the user's own first; what is wrong; what was done."""
    _with_a_post(request.user)
    found = looking.checks_for(request.user)
    open_ones = found.filter(settled_by=None)
    mine = open_ones.filter(outcome=Outcome.WAITING, publisher=request.user)
    others = open_ones.filter(outcome=Outcome.WAITING).exclude(publisher=request.user)
    past = found.filter(Q(outcome=Outcome.FINE) | Q(settled_by__isnull=False))
    pages = {
        "mine": Paginator(mine, PER_PAGE).get_page(request.GET.get("m")),
        "others": Paginator(others, PER_PAGE).get_page(request.GET.get("o")),
        "wrong": Paginator(open_ones.filter(outcome=Outcome.PROBLEM), PER_PAGE).get_page(
            request.GET.get("w")
        ),
        "past": Paginator(past.order_by("-pk"), PER_PAGE).get_page(request.GET.get("p")),
    }
    _with_left(pages["mine"])
    _with_left(pages["others"])
    context = {
        "page_title": _("发布后检查"),
        "header_icon": "view",
        "days": settings.PORTAL_POST_PUBLISH_DAYS,
        **pages,
    }
    return render(request, "review/follow_up/live_pages.html", context)


def _check_or_404(request, pk):
    return get_object_or_404(looking.checks_for(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def live_page(request, pk):
    """One publication: the way to the live page, what the machine found, and the answer."""
    check = _check_or_404(request, pk)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(request, check, form):
        return redirect("review:live_pages")
    if check.looked_at is None and check.settled_by_id is None:
        check.findings = looking.look(check).findings
    _with_left([check])
    context = {
        "page_title": _("发布后检查"),
        "page_subtitle": check.event.title,
        "header_icon": "view",
        "check": check,
        "path": public_path(check.page_id),
        "why_not": looking.why_not(check, request.user),
        "form": form,
    }
    return render(request, "review/follow_up/live_page.html", context)


def _answered(request, check, form):
    try:
        if request.POST.get("action") == "fine":
            looking.confirm(check, request.user)
            messages.success(request, _("已确认无误：%(title)s") % {"title": check.event.title})
        elif request.POST.get("action") == "problem":
            looking.report_problem(check, request.user, form.cleaned_data["remark"])
            messages.success(request, _("已记下，责任处室和办公室会收到通知。"))
        else:
            raise ReviewRefused(_("没有这样的操作。"))
    except ReviewRefused as refused:
        messages.error(request, refused.reason)
        return False
    return True


@require_safe
@never_cache
def open_live_page(request, pk):
    """On to the live page, noting that its publisher went there."""
    check = _check_or_404(request, pk)
    path = public_path(check.page_id)
    if path is None:
        raise Http404
    looking.opened(check, request.user)
    return redirect(path)


@require_safe
def reporting(request):
    """Normative documents: what is still owed, and how each department kept the days of a year."""
    duties = _with_a_post(request.user)
    found = ReportingDuty.objects.select_related("department")
    if not duties.sees_all:
        found = found.filter(department_id__in=duties.departments)
    years = [day.year for day in found.dates("signed_date", "year", order="DESC")]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else years[0] if years else None
    lines = Paginator(found.filter(done_at=None), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("规范性文件报送"),
        "header_icon": "doc-full-inverse",
        "lines": _with_left(lines),
        "years": years,
        "year": year,
        "departments": departments(found.filter(signed_date__year=year)) if year else [],
    }
    return render(request, "review/follow_up/reporting.html", context)


def departments(duties):
    """Each department's documents in numbers: all, in time, late, still owed, of these overdue."""
    overdue = Q(done_at=None, due__lt=timezone.localdate())
    done = Q(done_at__isnull=False)
    return list(
        duties.values("department__name")
        .annotate(
            total=Count("pk"),
            in_time=Count("pk", filter=done & Q(done_at__date__lte=F("due"))),
            late=Count("pk", filter=done & Q(done_at__date__gt=F("due"))),
            owed=Count("pk", filter=Q(done_at=None)),
            overdue=Count("pk", filter=overdue),
        )
        .order_by("department__position", "department__name")
    )
