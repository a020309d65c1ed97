"""Imports in the admin: upload, what was found in the sheet, confirm or discard. No script."""

from io import BytesIO

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from extensions.base.records.importing import services, sheets_out, storage
from extensions.base.records.importing.importers import get, importers_for
from extensions.base.records.importing.judging import NAMES
from extensions.base.records.importing.models import SheetImport
from extensions.base.records.importing.services import ImportRefused
from extensions.base.records.sheets.reading import SheetRefused
from page_types.organisation.models import Department

PER_PAGE, SECONDS = 50, 5
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """What is imported, for which department, and the sheet."""

    importer = forms.ChoiceField(label=gettext_lazy("导入为"))
    department = forms.ModelChoiceField(
        Department.objects.none(), label=gettext_lazy("部门"), empty_label=None
    )
    sheet = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy("xlsx、xls、ods、csv 或 json，20 MB 以内。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.json"}),
    )

    def __init__(self, *args, user, importers, **more):
        super().__init__(*args, **more)
        self.fields["importer"].choices = [(each.name, each.label) for each in importers]
        mine = {pk for each in importers for pk in _pks(each.departments_for(user))}
        self.fields["department"].queryset = Department.objects.filter(pk__in=mine)


def _pks(departments):
    return departments.values_list("pk", flat=True)


def may_enter(user):
    """Whether the user may import anything at all."""
    return bool(importers_for(user))


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """The upload, and the user's imports so far."""
    if not (importers := importers_for(request.user)):
        raise PermissionDenied
    initial = {"importer": request.GET.get("importer", "")}
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        importers=importers,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        if made := _taken(request, form):
            return redirect("records_imports:detail", made.pk)
    lines = Paginator(services.visible_to(request.user), 20).get_page(request.GET.get("p"))
    return render(
        request,
        "ext_base/records/imports.html",
        {
            "page_title": _("表格导入"),
            "header_icon": "upload",
            "form": form,
            "lines": lines,
            "labels": {each.name: each.label for each in importers},
            "templates": [
                (f"{each.label} {layout.label}", _template_url(each, layout))
                for each in importers
                for layout in each.layouts
            ],
        },
    )


def _template_url(importer, layout):
    return reverse("records_imports:template", args=[importer.name, layout.name])


def _taken(request, form):
    """The import made of a valid form; None if it was refused, which is then told."""
    data = form.cleaned_data
    importer, sheet = get(data["importer"]), data["sheet"]
    try:
        return services.take(importer, request.user, data["department"], sheet, sheet.name)
    except ImportRefused as refused:
        form.add_error(None, refused.reason)
        return None


def _own(request, pk):
    made = get_object_or_404(
        services.visible_to(request.user).select_related("department", "by"), pk=pk
    )
    if get(made.importer) is None:
        raise Http404  # its extension is switched off
    return made


@require_safe
def detail(request, pk):
    """One import: its progress, or what was found in it row by row."""
    made = _own(request, pk)
    letter = request.GET.get("only", "w" if made.wrong else "")
    letter = letter if letter in NAMES else ""
    counts = {letter: getattr(made, name) for letter, name in NAMES.items()}
    paginator = Paginator(range(counts.get(letter, made.given)), PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    done, total = storage.progress(made) if made.is_working else (0, 0)
    answer = render(
        request,
        "ext_base/records/import.html",
        {
            "page_title": made.filename,
            "page_subtitle": str(get(made.importer).label),
            "header_icon": "upload",
            "import": made,
            "tabs": _tabs(made, letter),
            "lines": page,
            "verdicts": storage.verdicts(made, letter, page.start_index() - 1, PER_PAGE)
            if paginator.count
            else [],
            "words": dict(zip(NAMES, (_("新增"), _("变更"), _("相同"), _("错误")), strict=True)),
            "more": f"only={letter}",
            "key": "p",
            "done": done,
            "total": total,
            "percent": 100 * done // total if total else 0,
            "has_sheet": storage.has_sheet(made),
        },
    )
    if made.is_working:
        answer["Refresh"] = str(SECONDS)
    return answer


def _tabs(made, chosen):
    tabs = [("w", _("错误"), made.wrong), ("n", _("新增"), made.new)]
    tabs += [("c", _("变更"), made.changed), ("i", _("相同"), made.identical)]
    return [(key, label, count, key == chosen) for key, label, count in tabs] + [
        ("all", _("全部"), made.given, not chosen)
    ]


@require_POST
def confirm(request, pk):
    """The user has seen what the import would do, and wants it."""
    made = _own(request, pk)
    try:
        services.accept(made, request.user, without_wrong="without_wrong" in request.POST)
    except ImportRefused as refused:
        messages.error(request, refused.reason)
        return redirect("records_imports:detail", pk)
    if made.state == SheetImport.State.DONE:
        messages.success(
            request,
            _("已导入：新增 %(new)d 行，变更 %(changed)d 行。")
            % {"new": made.new, "changed": made.changed},
        )
    return redirect("records_imports:detail", pk)


@require_POST
def discard(request, pk):
    """The user does not want it."""
    try:
        services.discard(_own(request, pk), request.user)
        messages.success(request, _("已放弃，文件已删除，没有导入任何内容。"))
    except ImportRefused as refused:
        messages.error(request, refused.reason)
    return redirect("records_imports:index")


@require_safe
def errors(request, pk):
    """The wrong rows, as the sheet that came in with a column of reasons."""
    made, file = _own(request, pk), BytesIO()
    try:
        sheets_out.write_errors(made, get(made.importer), file)
    except SheetRefused as gone:
        messages.error(request, str(gone))
        return redirect("records_imports:detail", pk)
    file.seek(0)
    stem = made.filename.rsplit(".", 1)[0]
    name = f"{stem}-{_('错误行')}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)


@require_safe
def template(request, importer, layout):
    """An empty sheet of a layout."""
    found = [
        (each, one)
        for each in importers_for(request.user)
        for one in each.layouts
        if (each.name, one.name) == (importer, layout)
    ]
    if not found:
        raise Http404
    (each, one), file = found[0], BytesIO()
    sheets_out.write_template(one, file)
    file.seek(0)
    name = f"{each.label}-{one.label}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)


app_name = "records_imports"
urlpatterns = [
    path("", index, name="index"),
    path("<int:pk>/", detail, name="detail"),
    path("<int:pk>/confirm/", confirm, name="confirm"),
    path("<int:pk>/discard/", discard, name="discard"),
    path("<int:pk>/errors.xlsx", errors, name="errors"),
    path("template/<slug:importer>/<slug:layout>.xlsx", template, name="template"),
]
