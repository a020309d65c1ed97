"""The desk in the admin: the list, a new subject, one manuscript with what may be done now."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.log_actions import registry

from extensions.base import reviewing
from extensions.base.models import RecordDecision
from extensions.base.reviewing import RecordRefused
from extensions.manuscripts import forms, services
from extensions.manuscripts.models import Manuscript
from page_types.organisation.models import Department

PER_PAGE = 25
_State = Manuscript.State


@require_safe
def index(request):
    """The manuscripts that the user may read, by state and department."""
    if not services.may_enter(request.user):
        raise PermissionDenied
    chosen = {key: request.GET.get(key, "") for key in ("state", "department")}
    found = services.visible_to(request.user).select_related("department")
    if chosen["state"] in _State.values:
        found = found.filter(state=chosen["state"])
    if chosen["department"].isdecimal():
        found = found.filter(department_id=chosen["department"])
    return render(
        request,
        "ext_manuscripts/index.html",
        {
            "page_title": _("上报稿件"),
            "header_icon": "doc-full",
            "lines": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
            "chosen": chosen,
            "query": urlencode({key: value for key, value in chosen.items() if value}),
            "states": _State.choices,
            "departments": [
                (str(each.pk), each.name) for each in Department.objects.filter(active=True)
            ],
            "directs": services.directs(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    """A new subject, by the office."""
    if not services.directs(request.user):
        raise PermissionDenied
    form = forms.AssignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        manuscript = services.assign(request.user, **form.cleaned_data)
        messages.success(request, _("已布置，起草部门会收到通知。"))
        return redirect("manuscripts:detail", manuscript.pk)
    return render(
        request,
        "ext_manuscripts/add.html",
        {"page_title": _("布置上报稿件"), "header_icon": "doc-full", "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request, pk):
    """One manuscript: read, write, decide, record; whatever its state allows this user."""
    manuscript = get_object_or_404(
        services.visible_to(request.user).select_related("department", "sent_by"), pk=pk
    )
    bound = {}
    if request.method == "POST":
        name = request.POST.get("action", "")
        if name not in ACTIONS:
            raise PermissionDenied
        form_class, act = ACTIONS[name]
        form = form_class(request.POST)
        bound[name] = form
        if form.is_valid() and _acted(request, act, manuscript, form.cleaned_data):
            return redirect("manuscripts:detail", pk)
        manuscript.refresh_from_db()
    return render(request, "ext_manuscripts/detail.html", _context(request, manuscript, bound))


def _acted(request, act, manuscript, data):
    """Whether the verb took effect; what is refused is told and what was typed stays."""
    try:
        messages.success(request, act(manuscript, request.user, data))
    except RecordRefused as refused:
        messages.error(request, refused.reason)
        return False
    return True


def _write(manuscript, user, data):
    services.write(manuscript.pk, user, **data)
    return _("已保存。")


def _submit(manuscript, user, data):
    services.submit(manuscript.pk, user)
    return _("已送审。")


def _take_back(manuscript, user, data):
    services.take_back(manuscript.pk, user)
    return _("已撤回送审，可以继续修改。")


def _approve(manuscript, user, data):
    reviewing.approve(_running(manuscript), user, data["seen"], data["comment"])
    return _("已批准。")


def _return(manuscript, user, data):
    reviewing.send_back(_running(manuscript), user, data["reason"])
    return _("已退回，起草人会收到通知。")


def _running(manuscript):
    if manuscript.review is None:
        raise RecordRefused(_("稿件没有送审。"))
    return manuscript.review


def _send(manuscript, user, data):
    services.record_sent(manuscript.pk, user, **data)
    return _("已登记报送。")


def _outcome(manuscript, user, data):
    services.record_outcome(manuscript.pk, user, data["outcome"])
    return _("已登记采用情况。")


def _drop(manuscript, user, data):
    services.drop(manuscript.pk, user, data["reason"])
    return _("已停止，原因已记录。")


class NoFields(forms.forms.Form):
    """A button alone."""


#: Name of the button -> its form and what it does.
ACTIONS = {
    "write": (forms.WriteForm, _write),
    "submit": (NoFields, _submit),
    "take_back": (NoFields, _take_back),
    "approve": (forms.ApproveForm, _approve),
    "return": (forms.ReasonForm, _return),
    "send": (forms.SentForm, _send),
    "outcome": (forms.OutcomeForm, _outcome),
    "drop": (forms.ReasonForm, _drop),
}


def _context(request, manuscript, bound):
    user, state = request.user, manuscript.state
    writes, directs = services.writes(user, manuscript), services.directs(user)
    review = manuscript.review
    why_not = reviewing.why_not(review, user) if state == _State.IN_REVIEW else ""
    deciding = state == _State.IN_REVIEW and not why_not
    text = {name: getattr(manuscript, name) for name in ("title", "body", "version")}
    offered = {
        "write": (writes and state == _State.ASSIGNED, text),
        "submit": (writes and state == _State.ASSIGNED and bool(manuscript.body.strip()), {}),
        "take_back": (writes and state == _State.IN_REVIEW, {}),
        "approve": (deciding, {"seen": reviewing.seen_of(manuscript)}),
        "return": (deciding, {}),
        "send": (
            directs and state == _State.APPROVED,
            {"sent_on": timezone.localdate()},
        ),
        "outcome": (directs and state == _State.SENT, {"outcome": manuscript.outcome}),
        "drop": (directs and state not in (_State.SENT, _State.DROPPED), {}),
    }
    prefixed = {
        name: bound.get(name) or ACTIONS[name][0](initial=initial, auto_id=f"{name}_%s")
        for name, (may, initial) in offered.items()
        if may
    }
    return {
        "page_title": manuscript.title,
        "header_icon": "doc-full",
        "manuscript": manuscript,
        "may": prefixed,
        "conflict": "write" in bound and bound["write"].is_valid(),
        "why_not": why_not,
        "steps": _steps(review) if state != _State.ASSIGNED else [],
        "reviews": manuscript.reviews.select_related("started_by")
        .prefetch_related(Prefetch("decisions", RecordDecision.objects.select_related("by")))
        .order_by("-pk"),
        "history": registry.get_logs_for_instance(manuscript).select_related("user"),
    }


def _steps(review):
    """Each step of the newest review: its title, whether it is done, who is awaited now."""
    if review is None:
        return []
    done = len(review.steps) if review.state == review.State.APPROVED else review.position
    return [
        {
            "title": step["title"],
            "done": place < done,
            "awaited": list(reviewing.people_of(step)) if step == review.step else None,
        }
        for place, step in enumerate(review.steps)
    ]


app_name = "manuscripts"
urlpatterns = [
    path("", index, name="index"),
    path("add/", add, name="add"),
    path("<int:pk>/", detail, name="detail"),
]
