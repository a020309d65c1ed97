"""Public texts by the time of their last change, and what nobody can edit just now."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.models import Page

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Department
from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot
from page_types.review import policy, queues

PER_PAGE = 50


class AgingForm(forms.Form):
    """What the report is narrowed by."""

    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=gettext_lazy("责任处室"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )
    days = forms.IntegerField(
        label=gettext_lazy("至少多少天没有变动"), required=False, min_value=0, max_value=36_500
    )


def aging_entries(user, department=None, days=None):
    """Public texts of the user's departments (all for bureau-wide posts), the oldest first.

    Lead texts of columns are left out: how columns stand is another list.
    """
    duties = duties_of(user)
    found = Entry.objects.exclude(slug="").select_related("department", "event")
    if not duties.sees_all:
        found = found.filter(department_id__in=duties.departments)
    if department:
        found = found.filter(department=department)
    if days:
        found = found.filter(event__at__lte=timezone.now() - timedelta(days=days))
    return found.order_by("event__at", "pk")


@require_safe
def aging(request):
    """公开信息的更新时间. Core's looks for pages that the user may publish: nobody may."""
    form = AgingForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = aging_entries(request.user, **chosen).defer("facts", "line", "summary")
    lines = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    columns, now = snapshot().by_id, timezone.now()
    for line in lines:
        column = columns.get(line.column_id)
        line.column_title = column.title if column else ""
        line.days = (now - line.event.at).days
        line.url = reverse("wagtailadmin_pages:edit", args=[line.pk])
    query = request.GET.copy()
    query.pop("p", None)
    return render(
        request,
        "review/reports/aging.html",
        {
            "page_title": _("公开信息的更新时间"),
            "header_icon": "time",
            "form": form,
            "lines": lines,
            "query": query.urlencode(),
        },
    )


@require_safe
def locked(request):
    """不能编辑的稿件: under review, or locked by a person. Core's asks for the right to unlock."""
    by_hand = (
        Page.objects.filter(policy.visible(request.user), locked=True)
        .select_related("locked_by")
        .order_by("locked_at", "pk")
    )
    return render(
        request,
        "review/reports/locked.html",
        {
            "page_title": _("不能编辑的稿件"),
            "header_icon": "lock",
            "lines": Paginator(queues.all_waiting(request.user), PER_PAGE).get_page(
                request.GET.get("p")
            ),
            "by_hand": Paginator(by_hand, PER_PAGE).get_page(request.GET.get("hand")),
        },
    )
