"""Tables that leave the admin as a file: every csv and xlsx of Wagtail's lists and reports."""

from functools import wraps

from django.db.models import QuerySet
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from page_types.publication.visitors import client_address
from page_types.review.audit import outbox
from page_types.review.audit.models import Kind


def connect():
    """Called once, by `audit.connect()`."""
    original = SpreadsheetExportMixin.as_spreadsheet

    @wraps(original)
    def following(self, queryset, spreadsheet_format):
        rows = queryset.count() if isinstance(queryset, QuerySet) else None
        note_download(self.request, self.get_filename(), spreadsheet_format, rows)
        return original(self, queryset, spreadsheet_format)

    SpreadsheetExportMixin.as_spreadsheet = following


def note_download(request, name, form, rows, filters=None, action="export.downloaded"):
    """A table was downloaded by the user of the request: which, how filtered, how many rows."""
    outbox.note(
        action,
        kind=Kind.EXPORT,
        who=request.user,
        label=f"{name}.{form}",
        data={
            "path": request.path,
            "filters": dict(request.GET.lists()) if filters is None else filters,
            "rows": rows,
        },
        department_id=request.user.department_id,
        address=client_address(request),
    )
