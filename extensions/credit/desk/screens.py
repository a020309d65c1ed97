"""The smaller screens: many sent or approved at once, 本月无."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from extensions.base import reviewing
from extensions.base.reviewing import RecordRefused
from extensions.credit import services, statements
from extensions.credit.desk import forms, lists
from extensions.credit.desk.detail import doubts_of, fields_of
from extensions.credit.models import KINDS, NoRecordStatement
from extensions.credit.models.states import State
from extensions.credit.validation import Checker
from page_types.organisation.duties import duties_of

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, kind):
    """Drafts of the user's departments, those nearest their day first, sent to the reviewers."""
    mine = _duties(request, kind).officer_of
    if not mine:
        raise PermissionDenied
    drafts = KINDS[kind].objects.filter(state=State.DRAFT, department_id__in=mine)
    drafts = drafts.order_by("due_on", "pk")
    if request.method == "POST":
        act, told = services.submit, _("已送审 %d 条。")
        if "discard" in request.POST:
            act, told = services.discard, _("已删除 %d 条草稿。")
        _each_chosen(
            request,
            {str(each.pk): each for each in drafts[:PER_PAGE]},
            lambda record, version: act(record, request.user, int(version)),
            told,
        )
        return redirect("credit:submit", kind)
    return render(
        request,
        "ext_credit/desk/submit.html",
        {
            "page_title": _("批量送审：%s") % KINDS[kind]._meta.verbose_name,
            "header_icon": "upload",
            "kind": kind,
            "list_url": lists.list_url(kind),
            "total": drafts.count(),
            "lines": drafts[:PER_PAGE],
        },
    )


def _duties(request, kind):
    if kind not in KINDS:
        raise Http404
    return duties_of(request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, kind):
    """Every record of the kind that waits for this user, read one below the other and approved."""
    if not _duties(request, kind).reviewer_of:
        raise PermissionDenied
    model = KINDS[kind]
    waiting = [
        each
        for each in reviewing.waiting_for(request.user, model)
        if not reviewing.why_not(each, request.user)
    ][:PER_PAGE]
    if request.method == "POST":
        _each_chosen(
            request,
            {str(each.pk): each for each in waiting},
            lambda each, seen: reviewing.approve(each, request.user, seen),
            _("已批准 %d 条。"),
        )
        return redirect("credit:review", kind)
    checker = Checker(kind)
    lines = [
        {"review": each, "record": each.record, "seen": reviewing.seen_of(each.record),
         "doubts": doubts_of(each.record, checker),
         "fields": fields_of(each.record)}
        for each in waiting
    ]  # fmt: skip
    return render(
        request,
        "ext_credit/desk/review.html",
        {
            "page_title": _("批量审核：%s") % model._meta.verbose_name,
            "header_icon": "check",
            "kind": kind,
            "list_url": lists.list_url(kind),
            "lines": lines,
        },
    )


def _each_chosen(request, offered, act, told):
    """Each chosen line (`number:what was seen`) by itself: one that is refused stops no other."""
    done, refused = 0, []
    for line in request.POST.getlist("chosen"):
        number, _colon, seen = line.partition(":")
        if (each := offered.get(number)) is None or not seen.isalnum():
            refused.append(_("有记录已由他人办理。"))
            continue
        try:
            act(each, seen)
            done += 1
        except RecordRefused as problem:
            refused.append(f"{getattr(each, 'record', each)}：{problem.reason}")
    if done:
        messages.success(request, told % done)
    for text in refused:
        messages.error(request, text)
    if not done and not refused:
        messages.error(request, _("没有选择记录。"))


@require_http_methods(["GET", "HEAD", "POST"])
def none(request):
    """本月无: what the user's departments have said, and a new word."""
    if not services.may_enter(request.user):
        raise PermissionDenied
    duties = duties_of(request.user)
    form = forms.NoneForm(duties.officer_of, request.POST or None) if duties.officer_of else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                statements.state_none(request.user, **form.cleaned_data)
                messages.success(request, _("已声明，公示页面上显示“本月无”。"))
                return redirect("credit:none")
            except RecordRefused as refused:
                form.add_error(None, refused.reason)
    found = NoRecordStatement.objects.select_related("department", "stated_by")
    if not duties.sees_all:
        found = found.filter(department_id__in=duties.departments)
    return render(
        request,
        "ext_credit/desk/none.html",
        {
            "page_title": _("本月无记录"),
            "header_icon": "clipboard-list",
            "form": form,
            "lines": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
            "mine": duties.officer_of,
            "query": "",
        },
    )


@require_http_methods(["POST"])
def withdraw_none(request, pk):
    """The word was a mistake."""
    statement = get_object_or_404(NoRecordStatement, pk=pk, withdrawn_on=None)
    try:
        statements.take_back_none(statement, request.user)
        messages.success(request, _("已撤销声明。"))
    except RecordRefused as refused:
        messages.error(request, refused.reason)
    return redirect("credit:none")
