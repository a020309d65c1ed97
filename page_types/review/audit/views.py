"""审计记录 in the admin: the newest first, page by page along the numbers, and as a csv file."""

import csv
from urllib.parse import urlencode

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from page_types.publication.cells import harmless
from page_types.review.audit.actions import label_of
from page_types.review.audit.details import details
from page_types.review.audit.downloads import note_download
from page_types.review.audit.models import AuditAddress
from page_types.review.audit.search import AuditFilter, sees_everything, visible_entries

PER_PAGE = 50


@require_safe
def trail(request):
    """The list, or with `?export=csv` all that matches as a file."""
    form = AuditFilter(request.GET, request.user)
    found = form.narrow(visible_entries(request.user)).select_related("department")
    if request.GET.get("export") == "csv" and form.is_valid():
        return _download(request, form, found)
    page = _Page(found, request.GET)
    if sees_everything(request.user):
        addresses = AuditAddress.objects.in_bulk([entry.number for entry in page.entries])
        for entry in page.entries:
            entry.address = addresses.get(entry.number)
    context = {
        "page_title": _("审计记录"),
        "header_icon": "history",
        "form": form,
        "page": page,
        "export_url": _query(request, export="csv"),
        "newer_url": page.newer and _query(request, after=page.newer),
        "older_url": page.older and _query(request, before=page.older),
        "mine_only": not sees_everything(request.user),
    }
    return render(request, "review/audit/trail.html", context)


class _Page:
    """A page of entries by number: it costs the same at any depth, and stays where it is.

    `older` and `newer` are the numbers from which the neighbouring pages go on, or None.
    """

    def __init__(self, found, asked):
        after, before = _number(asked.get("after")), _number(asked.get("before"))
        if after is not None:
            rows = list(found.filter(number__gt=after).order_by("number")[: PER_PAGE + 1])
            entries, more = rows[:PER_PAGE][::-1], len(rows) > PER_PAGE
            self.newer, self.older = (entries and more and entries[0].number), after + 1
        else:
            if before is not None:
                found = found.filter(number__lt=before)
            rows = list(found.order_by("-number")[: PER_PAGE + 1])
            entries, more = rows[:PER_PAGE], len(rows) > PER_PAGE
            self.newer = before is not None and before - 1
            self.older = more and entries[-1].number
        self.entries = entries
        for entry in entries:
            entry.action_label = label_of(entry.action)
            entry.details = details(entry)


def _number(text):
    try:
        return min(int(text), 2**62)
    except (TypeError, ValueError):
        return None


def _query(request, **more):
    """The address of the list with its filters and something else; `export` is no filter."""
    kept = {
        name: value
        for name, value in request.GET.items()
        if value and name not in ("after", "before", "export")
    }
    return f"?{urlencode(kept | more)}"


# ---- the file ------------------------------------------------------------------------------------
def _download(request, form, found):
    """Every matching entry, streamed; itself an entry of the trail."""
    note_download(request, "audit", "csv", found.count(), form.said())
    addresses = sees_everything(request.user)
    response = StreamingHttpResponse(
        _rows(found.order_by("-number"), addresses), content_type="text/csv; charset=utf-8"
    )
    name = f"audit-{timezone.localdate():%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    """What `csv` writes to: hands each line on."""

    def write(self, line):
        return line


def _rows(found, with_addresses):
    writer = csv.writer(_Echo())
    heading = [
        _("编号"), _("时间"), _("类别"), _("操作"), _("人员"), _("对象"), _("对象编号"), _("部门"),
        _("详情"), _("网络地址"), _("校验码"),
    ]  # fmt: skip
    # The mark at the start tells spreadsheet programs that the text is UTF-8.
    yield "\ufeff" + writer.writerow(heading)
    for batch in _batches(found):
        kept = {}
        if with_addresses:
            kept = AuditAddress.objects.in_bulk([entry.number for entry in batch])
        for entry in batch:
            address = kept.get(entry.number)
            cells = [
                entry.number,
                f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
                entry.get_kind_display(),
                label_of(entry.action),
                entry.user_name,
                entry.label,
                entry.object_id,
                str(entry.department or ""),
                entry.data,
                address.address if address else "",
                entry.mac,
            ]
            yield writer.writerow([harmless(cell) for cell in cells])


def _batches(found, size=1000):
    last = None
    while batch := list((found if last is None else found.filter(number__lt=last))[:size]):
        yield batch
        last = batch[-1].number
