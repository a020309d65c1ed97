"""Formats that tablib knows, for tables that fit into memory."""

from itertools import islice

import tablib
from django.utils.html import escape
from django.utils.translation import gettext as _

from exports.columns import NUMBER, jsonable, plain
from exports.formats.base import LIMIT, TooManyRows, xml_text
from page_types.publication.cells import harmless

#: Of a page saved as a file: readable, printed with its headings on every sheet.
STYLE = (
    "body{font:16px/1.6 sans-serif;margin:1.5rem}table{border-collapse:collapse}"
    'th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;mso-number-format:"\\@"}'
    "thead{display:table-header-group}dl{display:grid;grid-template-columns:max-content 1fr;"
    "gap:.2rem 1rem}dd{margin:0}"
)


def by_tablib(name):
    """The writer of one of tablib's formats; TooManyRows beyond LIMIT, with nothing written."""

    def write(table, file):
        rows = list(islice(table.rows, LIMIT + 1))
        if len(rows) > LIMIT:
            raise TooManyRows(name)
        # yaml keeps codes and values; what people open as a table has headings and text.
        for_people = name != "yaml"
        dataset = tablib.Dataset(
            headers=table.labels if for_people else table.names, title=table.title[:31]
        )
        for row in rows:
            dataset.append(
                [_cell(*pair, for_people) for pair in zip(table.columns, row, strict=True)]
            )
        written = dataset.export(name)
        if name == "html":
            written = _page(table, written, len(rows))
        file.write(written if isinstance(written, bytes) else written.encode("utf-8", "replace"))
        return len(rows)

    return write


def _page(table, written, count):
    """tablib's table as a page by itself: it says its encoding, its title and the facts.

    Spreadsheet programs open such pages, too: by the style every cell is a text there, so that an
    18-digit code keeps its digits.
    """
    facts = {**table.facts, _("行数"): str(count)}
    lines = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts.items()
    )
    title = escape(table.title)
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n{written}\n<dl>{lines}</dl>"
        "</body></html>\n"
    )


def _cell(column, value, for_people):
    if not for_people:
        return jsonable(value)
    if column.kind == NUMBER and value is not None and not isinstance(value, str):
        return value
    # What begins like a formula would run in a spreadsheet program: as in csv.
    return harmless(xml_text(plain(value)))
