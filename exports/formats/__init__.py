"""File formats of data sets: each writes a Table to a binary file and counts its rows.

xlsx, csv, tsv, json   streamed: memory does not grow with the rows; csv-plain is csv without BOM
yaml, html        by tablib, which holds every row: up to LIMIT rows
ods               by odfdo, likewise
"""

from django.utils.translation import gettext_lazy as _

from exports.formats.base import LIMIT, Format, Table, TooManyRows
from exports.formats.by_tablib import by_tablib
from exports.formats.ods import write_ods
from exports.formats.text import write_csv, write_json, write_plain_csv, write_tsv
from exports.formats.workbook import write_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"

FORMATS = {
    form.name: form
    for form in (
        Format("xlsx", "Excel（xlsx）", _XLSX, write_xlsx),
        Format("ods", "ODS", _ODS, write_ods, streams=False),
        Format("csv", "CSV", "text/csv; charset=utf-8", write_csv),
        Format(
            "csv-plain",
            _("CSV（无 BOM，供程序读取）"),
            "text/csv; charset=utf-8",
            write_plain_csv,
            ending="csv",
            for_programs=True,
        ),
        Format("tsv", "TSV", "text/tab-separated-values; charset=utf-8", write_tsv),
        Format("json", "JSON", "application/json", write_json),
        Format("yaml", "YAML", "application/yaml", by_tablib("yaml"), streams=False),
        Format("html", "HTML", "text/html; charset=utf-8", by_tablib("html"), streams=False),
    )
}

__all__ = ["FORMATS", "LIMIT", "Format", "Table", "TooManyRows"]
