"""Screens: my deputies; the steps for which nobody is left, and the way out."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page, Task

from page_types.organisation import calendar
from page_types.organisation.models import Appointment
from page_types.review.deputies import services, stuck
from page_types.review.deputies.forms import DeputyForm, EmergencyForm
from page_types.review.errors import ReviewRefused

PER_PAGE = 25
#: Working days that the form of an emergency deputy proposes.
PROPOSED_DAYS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request):
    """Who stands in for me, now and to come; naming another."""
    form = DeputyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.name_deputy(**form.cleaned_data, by=request.user)
        except ReviewRefused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(
                request, _("已指定%(who)s代审，已通知本人。") % {"who": form.cleaned_data["deputy"]}
            )
            return redirect("review:deputies")
    return render(
        request,
        "review/deputies/mine.html",
        {
            "page_title": _("我的代审人"),
            "header_icon": "user",
            "form": form,
            "posts": services.own_posts(request.user),
            "deputies": services.deputies_of(request.user),
            "standing_in": Appointment.objects.current()
            .filter(user=request.user)
            .exclude(deputy_for=None)
            .select_related("deputy_for", "department"),
        },
    )


@require_POST
def withdraw(request, pk):
    """Take a deputy back."""
    try:
        services.withdraw_deputy(
            get_object_or_404(services.deputies_of(request.user), pk=pk), by=request.user
        )
        messages.success(request, _("已撤回代审人，已通知本人。"))
    except ReviewRefused as refused:
        messages.error(request, refused.reason)
    return redirect("review:deputies")


def _for_those_who_mind(request):
    if not stuck.minds(request.user):
        raise PermissionDenied


@require_safe
def stuck_list(request):
    """Every open step for which nobody is left, and why."""
    _for_those_who_mind(request)
    lines = Paginator(stuck.stuck_steps(), PER_PAGE).get_page(request.GET.get("p"))
    _describe(lines)
    return render(
        request,
        "review/deputies/stuck.html",
        {"page_title": _("无人可办的环节"), "header_icon": "warning", "lines": lines},
    )


def _describe(steps):
    titles = dict(
        Page.objects.filter(pk__in={step.chain.page_id for step in steps}).values_list(
            "pk", "draft_title"
        )
    )
    tasks = {task.pk: task for task in Task.objects.specific()}
    for step in steps:
        step.text = titles.get(step.chain.page_id, "")
        step.holders = list(tasks[step.task_id].people(step.chain))


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request, pk):
    """Name an emergency deputy for one stuck step."""
    _for_those_who_mind(request)
    step = get_object_or_404(stuck.stuck_steps(), pk=pk)
    proposed = calendar.add_working_days(timezone.localdate(), PROPOSED_DAYS).day
    form = EmergencyForm(
        request.POST or None, step=step, user=request.user, initial={"ends": proposed}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.name_emergency_deputy(step, **form.cleaned_data, by=request.user)
        except ReviewRefused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(
                request, _("已指定%(who)s代审，已通知本人。") % {"who": form.cleaned_data["deputy"]}
            )
            return redirect("review:stuck")
    _describe([step])
    return render(
        request,
        "review/deputies/emergency.html",
        {"page_title": _("指定应急代审人"), "header_icon": "user", "step": step, "form": form},
    )
