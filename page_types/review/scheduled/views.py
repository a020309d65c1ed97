"""The list of what waits for its time, and the question before something is taken off it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from page_types.publication import scheduler
from page_types.publication.models import Seal
from page_types.review.errors import ReviewRefused
from page_types.review.scheduled import services

PER_PAGE = 25


class ReasonForm(forms.Form):
    """Whoever takes something off says why."""

    reason = forms.CharField(
        label=gettext_lazy("取消的原因"), max_length=200, widget=forms.Textarea({"rows": 3})
    )


@require_safe
def index(request):
    """What waits, in the order of its time, and what could not be carried out."""
    lines = Paginator(services.schedules_for(request.user), PER_PAGE).get_page(request.GET.get("p"))
    steps = dict(
        Seal.objects.filter(chain__in=[line.chain_id for line in lines])
        .order_by("pk")
        .values_list("chain_id", "task_state_id")
    )
    for line in lines:
        line.why_not = services.why_not_unschedule(line, request.user)
        line.step = steps.get(line.chain_id)
    return render(
        request,
        "review/scheduled/index.html",
        {
            "page_title": _("定时发布与到期撤下"),
            "header_icon": "date",
            "lines": lines,
            "silent": scheduler.is_silent(),
            "heard_at": scheduler.heard_at(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, pk):
    """Asks for the reason, then takes it off."""
    waiting = get_object_or_404(services.schedules_for(request.user), pk=pk)
    if why := services.why_not_unschedule(waiting, request.user):
        raise PermissionDenied(why)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.unschedule(waiting, request.user, form.cleaned_data["reason"])
        except ReviewRefused as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("已取消：%(title)s") % {"title": waiting.title})
        return redirect("review:scheduled")
    return render(
        request,
        "review/scheduled/cancel.html",
        {
            "page_title": _("取消%(what)s") % {"what": waiting.get_what_display()},
            "header_icon": "date",
            "line": waiting,
            "form": form,
        },
    )
