"""One record: read, decide, make public, withdraw; whatever its state allows this user."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from extensions.base import reviewing
from extensions.base.models import RecordDecision
from extensions.base.records.history_desk import history_url
from extensions.base.reviewing import RecordRefused
from extensions.credit import layouts, services, statements
from extensions.credit.desk import forms
from extensions.credit.desk.lists import list_url
from extensions.credit.models import KINDS, PublicNote
from extensions.credit.models.states import State
from extensions.credit.secrets import masked
from extensions.credit.validation import Checker


def found(request, kind, pk):
    """The record, if the user may read it."""
    if kind not in KINDS:
        raise Http404
    if not services.may_enter(request.user):
        raise PermissionDenied
    return get_object_or_404(
        services.visible_to(request.user, kind).select_related("department", "created_by"), pk=pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request, kind, pk):
    """The record's page, and the actions that are taken on it."""
    record, bound = found(request, kind, pk), {}
    if request.method == "POST":
        name = request.POST.get("action", "")
        if name not in ACTIONS:
            raise PermissionDenied
        form_class, act, _button = ACTIONS[name]
        bound[name] = form = form_class(request.POST, auto_id=f"{name}_%s")
        if form.is_valid() and _acted(request, act, record, form.cleaned_data):
            gone = name == "discard"
            return redirect(list_url(kind)) if gone else redirect("credit:detail", kind, pk)
        record.refresh_from_db()
    return render(request, "ext_credit/desk/detail.html", _context(request, record, bound))


def _acted(request, act, record, data):
    """Whether the verb took effect; what is refused is told and what was typed stays."""
    try:
        messages.success(request, act(record, request.user, data))
    except RecordRefused as refused:
        messages.error(request, refused.reason)
        return False
    return True


def _submit(record, user, data):
    services.submit(record, user)
    return _("已送审。")


def _discard(record, user, data):
    services.discard(record, user)
    return _("已删除草稿。")


def _take_back(record, user, data):
    services.take_back(record, user)
    return _("已撤回送审，可以继续修改。")


def _approve(record, user, data):
    reviewing.approve(record.review, user, data["seen"], data["comment"])
    return _("已批准。")


def _return(record, user, data):
    reviewing.send_back(record.review, user, data["reason"])
    return _("已退回。")


def _public(record, user, data):
    services.make_public(record, user, data["reason"])
    return _("已公示。")


def _withdraw(record, user, data):
    services.withdraw(record, user, data["reason"], data["note"], data["cause_on"])
    return _("已撤下，公开说明已显示在原网址。")


def _repair(record, user, data):
    services.repair(record, user, data["reason"])
    return _("已登记信用修复，停止公示。")


ACTIONS = {
    "submit": (forms.PlainForm, _submit, _("送审")),
    "discard": (forms.PlainForm, _discard, _("删除草稿")),
    "approve": (forms.ApproveForm, _approve, _("批准")),
    "return": (forms.ReasonForm, _return, _("退回修改")),
    "take_back": (forms.PlainForm, _take_back, _("撤回送审")),
    "public": (forms.ReasonForm, _public, _("公示")),
    "withdraw": (forms.WithdrawForm, _withdraw, _("撤下")),
    "repair": (forms.RepairForm, _repair, _("登记信用修复")),
}


def _context(request, record, bound):
    user, state, review = request.user, record.state, record.review
    writes = services.writes(user, record.department_id)
    answers = services.answers_for(user, record.department_id)
    why_not = reviewing.why_not(review, user) if state == State.IN_REVIEW else ""
    deciding = state == State.IN_REVIEW and not why_not
    offered = {
        "submit": (writes and state == State.DRAFT, {}),
        "discard": (writes and state == State.DRAFT and not record.reviews.exists(), {}),
        "approve": (deciding, {"seen": reviewing.seen_of(record)}),
        "return": (deciding, {}),
        "take_back": (writes and state == State.IN_REVIEW, {}),
        "public": (answers and state == State.REVIEWED, {}),
        "withdraw": (answers and record.is_shown, {}),
        "repair": (answers and record.is_shown and record.kind == "penalty", {}),
    }
    return {
        "page_title": record.document_number,
        "header_icon": "clipboard-list",
        "record": record,
        "kind": record.kind,
        "fields": list(fields_of(record)),
        "actions": [
            {
                "name": name,
                "button": ACTIONS[name][2],
                "form": bound.get(name) or ACTIONS[name][0](initial=initial, auto_id=f"{name}_%s"),
                "primary": name in ("submit", "approve", "public"),
                "folded": name in ("withdraw", "repair", "return", "discard"),
                "open": name in bound,
            }
            for name, (may, initial) in offered.items()
            if may
        ],
        "may_write": writes and state == State.DRAFT,
        "may_correct": answers and record.is_shown,
        "doubts": doubts_of(record) if state in (State.DRAFT, State.IN_REVIEW) else [],
        "why_not": why_not,
        "today": timezone.localdate(),
        "notes": PublicNote.objects.filter(kind=record.kind, record_id=record.pk),
        "reviews": record.reviews.select_related("started_by")
        .prefetch_related(Prefetch("decisions", RecordDecision.objects.select_related("by")))
        .order_by("-pk"),
        "list_url": list_url(record.kind),
        "history_url": history_url(record),
    }  # fmt: skip


def doubts_of(record, checker=None):
    """What is allowed but odd, and which word it would take back."""
    month = record.decided_on.replace(day=1)
    said = statements.standing(record.kind).filter(month=month, department_id=record.department_id)
    doubts = list((checker or Checker(record.kind)).doubts(record.values()))
    if said.exists():
        doubts.append(_("%s 已声明“本月无”，公示后声明自动撤销。") % f"{month:%Y-%m}")
    return doubts


def fields_of(record):
    """(label, value, whether public) of every filled column; numbers of persons are masked."""
    for item in layouts.LAYOUTS[record.kind, 2018]:
        value = getattr(record, item.attr)
        if value in (None, ""):
            continue
        if item.secret:
            value = masked(value)
        elif item.attr == "current_state":
            value = {"1": _("有效"), "2": _("无效")}.get(value, value)
        elif item.kind == layouts.AMOUNT:
            value = format(value.normalize(), "f")
        elif item.kind == layouts.DATE:
            value = value.isoformat()
        yield item.label, value, item.public
