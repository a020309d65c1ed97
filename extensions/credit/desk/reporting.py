"""Reporting to the credit platform: a file to download, and what was reported before."""

import tempfile

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exports import downloads
from exports.formats import FORMATS
from exports.writing import Wish, table_of
from extensions.credit import reporting
from extensions.credit.desk import forms
from extensions.credit.models import Report
from page_types.review.audit.downloads import note_download
from page_types.review.audit.outbox import name_of

#: Former reports that are shown.
SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """Choose and download; a report of changes of the whole bureau is remembered."""
    if not reporting.may_report(request.user):
        raise PermissionDenied
    form = forms.ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _file(request, form.cleaned_data)
    return render(
        request,
        "ext_credit/desk/report.html",
        {
            "page_title": _("报送信用平台"),
            "header_icon": "upload",
            "form": form,
            "whole": reporting.departments_of(request.user) is None,
            "lines": Report.objects.select_related("by")[:SHOWN],
        },
    )


def _file(request, data):
    kind, changed = data["kind"], data["what"] == "changed"
    mine = reporting.departments_of(request.user)
    began = timezone.now()
    table = reporting.table(
        kind, departments=mine, changed_since=reporting.since(kind) if changed else None
    )
    wish = Wish(data["start"], data["end"], user=request.user, by=name_of(request.user))
    file = tempfile.TemporaryFile()  # closed by the answer
    count = FORMATS[data["form"]].write(table_of(table, wish), file)
    file.seek(0)
    note_download(request, table.name, data["form"], count, filters=downloads.told(wish))
    if changed and mine is None and not data["start"] and not data["end"]:
        reporting.note(kind, began, count, request.user)
    name = downloads.file_name(table, wish, data["form"])
    answer = downloads.attachment(file, name, data["form"])
    patch_cache_control(answer, private=True, no_store=True)
    return answer
