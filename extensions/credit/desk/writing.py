"""A new record, a draft changed, a public record corrected."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from extensions.base.reviewing import RecordRefused
from extensions.credit import services
from extensions.credit.desk import forms
from extensions.credit.desk.detail import found
from extensions.credit.desk.lists import list_url
from extensions.credit.models import KINDS
from extensions.credit.models.states import State
from page_types.organisation.duties import duties_of

#: What a new record takes over from the department's newest one.
TAKEN_OVER = ("issuer", "issuer_code", "source_name", "source_code")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, kind):
    """A new draft, by an officer for his department."""
    if kind not in KINDS:
        raise Http404
    mine = duties_of(request.user).officer_of
    if not mine:
        raise PermissionDenied
    last = KINDS[kind].objects.filter(department_id__in=mine).order_by("-pk").first()
    initial = {name: getattr(last, name) for name in TAKEN_OVER} if last else {}
    form = forms.RecordForm(kind, request.POST or None, departments=mine, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _done(
            request, form,
            lambda: services.create(
                kind, request.user, form.cleaned_data["department"], form.values
            ),
        )  # fmt: skip
        if made:
            messages.success(request, _("已保存为草稿，核对后请送审。"))
            return redirect("credit:detail", kind, made.pk)
    title = _("录入%s") % KINDS[kind]._meta.verbose_name
    return _form(request, kind, form, title)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, kind, pk):
    """A draft."""
    record = found(request, kind, pk)
    if not services.writes(request.user, record.department_id):
        raise PermissionDenied
    if record.state != State.DRAFT:
        messages.error(request, _("记录不在起草中，不能修改。"))
        return redirect("credit:detail", kind, pk)
    form = forms.RecordForm(kind, request.POST or None, record=record)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if _done(request, form, lambda: services.write(record, request.user, form.values, version)):
            messages.success(request, _("已保存。"))
            return redirect("credit:detail", kind, pk)
    return _form(request, kind, form, _("修改草稿"), record)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, kind, pk):
    """A public record, with a reason and a note."""
    record = found(request, kind, pk)
    if not services.answers_for(request.user, record.department_id):
        raise PermissionDenied
    if not record.is_shown:
        messages.error(request, _("只有公示中的记录可以更正。"))
        return redirect("credit:detail", kind, pk)
    form = forms.CorrectForm(kind, request.POST or None, record=record)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _done(
            request, form,
            lambda: services.correct(
                record, request.user, form.values, data["reason"], data["note"], data["version"]
            ),
        ):  # fmt: skip
            messages.success(request, _("已更正，公开说明已显示在公示页面上。"))
            return redirect("credit:detail", kind, pk)
    return _form(request, kind, form, _("更正"), record)


def _done(request, form, act):
    """What the verb gives; None after it was refused, the reasons at their fields."""
    try:
        return act()
    except services.RecordWrong as wrong:
        form.add_faults(wrong.faults)
    except RecordRefused as refused:
        form.add_error(None, refused.reason)
    messages.error(request, _("没有保存，请按提示修改。"))
    return None


def _form(request, kind, form, title, record=None):
    context = {
        "page_title": title,
        "page_subtitle": str(record or ""),
        "header_icon": "clipboard-list",
        "form": form,
        "kind": kind,
        "record": record,
        "list_url": list_url(kind),
    }
    return render(request, "ext_credit/desk/form.html", context)
