"""Admin screens of announcements and mourning: form, confirmation, list of who said what when."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from page_types.publication import announcements as services
from page_types.publication.announcement_forms import AnnouncementForm, MourningForm
from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Announcement, Mourning

PER_PAGE = 30


@dataclass(frozen=True)
class Kind:
    """One of the two things: its form and services, and the words of its screens."""

    model: type
    form: type
    begin: object
    end: object
    heading: str
    effect: str
    done: str


KINDS = {
    "announcement": Kind(
        Announcement,
        AnnouncementForm,
        services.announce,
        services.end_announcement,
        _("发布全站公告"),
        _("确认后，下面的公告将在所定时间内显示在每个公开页面的顶部。"),
        _("已发布，公众现在（或到开始时间）即可看到。"),
    ),
    "mourning": Kind(
        Mourning,
        MourningForm,
        services.mourn,
        services.end_mourning,
        _("设置哀悼置灰"),
        _("确认后，全部公开页面在所定日期内显示为灰色。"),
        _("已设置，到所定日期公开页面自动置灰和恢复。"),
    ),
}


def _speakers_only(request):
    if not services.may_speak(request.user):
        raise PermissionDenied


@require_safe
def index(request):
    """Everything ever announced, and every mourning, newest first."""
    _speakers_only(request)
    lists = {}
    for name, kind in KINDS.items():
        rows = kind.model.objects.select_related("begun_by", "ended_by")
        lists[name] = Paginator(rows, PER_PAGE).get_page(request.GET.get(name))
    now, today = timezone.now(), timezone.localdate()
    for row in lists["announcement"]:
        row.state = _state(row, row.in_force(now), row.starts_at > now)
    for row in lists["mourning"]:
        row.state = _state(row, row.in_force(today), row.from_day > today)
    return render(
        request,
        "publication/admin/announcements.html",
        {"page_title": _("全站公告和哀悼置灰"), "header_icon": "warning", "lists": lists},
    )


def _state(row, in_force, coming):
    """(label, whether it can still be ended)."""
    if row.ended_at:
        return _("已提前结束"), False
    if in_force:
        return _("显示中"), True
    return (_("未到时间"), True) if coming else (_("已到期"), False)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, name):
    """The form; what it holds is shown once more, and only the second POST is the act."""
    _speakers_only(request)
    kind = KINDS.get(name)
    if kind is None:
        raise Http404
    form = kind.form(request.POST or None)
    confirming = request.method == "POST" and form.is_valid()
    if confirming and "back" in request.POST:
        confirming = False
    elif confirming and "confirmed" in request.POST:
        try:
            kind.begin(request.user, **form.cleaned_data)
        except (PublicationRefused, ValidationError) as refused:
            messages.error(request, getattr(refused, "reason", None) or refused.messages[0])
            confirming = False
        else:
            messages.success(request, kind.done)
            return redirect("announcements:index")
    return render(
        request,
        "publication/admin/announcement_form.html",
        {
            "page_title": kind.heading,
            "header_icon": "warning",
            "form": form,
            "confirming": confirming,
            "summary": _summary(form) if confirming else [],
            "effect": kind.effect,
        },
    )


def _summary(form):
    """(label, value) of every field, as the reader of the confirmation understands them."""
    for bound in form:
        value = form.cleaned_data[bound.name]
        if isinstance(value, datetime):
            value = f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        yield bound.label, dict(getattr(bound.field, "choices", ())).get(value, value)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request, name, pk):
    """Asks once, then ends it before its time."""
    _speakers_only(request)
    kind = KINDS.get(name)
    if kind is None:
        raise Http404
    row = get_object_or_404(kind.model, pk=pk)
    if request.method == "POST":
        try:
            kind.end(request.user, pk)
            messages.success(request, _("已结束，公开页面已恢复。"))
        except PublicationRefused as refused:
            messages.error(request, refused.reason)
        return redirect("announcements:index")
    return render(
        request,
        "publication/admin/announcement_end.html",
        {"page_title": _("提前结束"), "header_icon": "warning", "row": row},
    )


app_name = "announcements"
urlpatterns = [
    path("", index, name="index"),
    path("new/<slug:name>/", begin, name="begin"),
    path("<slug:name>/<int:pk>/end/", end, name="end"),
]
