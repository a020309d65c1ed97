"""Sheets of any format as rows under columns: `read(file, filename, layouts)`."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import python_calamine
from django.utils.translation import gettext as _

from extensions.base.records.sheets.files import (
    BROKEN,
    MAX_COLUMNS,
    MAX_ROWS,
    SheetRefused,
    format_of,
    later_days,
)
from extensions.base.records.sheets.headers import find
from extensions.base.records.sheets.layouts import REASON, SPACES, Field, Layout, heading_key
from page_types.publication.cells import restored

__all__ = ["Column", "Row", "Sheet", "SheetRefused", "is_blank", "letters", "read"]


@dataclass(frozen=True)
class Column:
    """A column: its place from 0, its heading as written, and the field it is taken for."""

    place: int
    heading: str
    field: Field | None = None


@dataclass(frozen=True)
class Row:
    """A row that has anything in it: its number as the program shows it, and its cells."""

    number: int
    cells: tuple

    def cell(self, place):
        """The cell at a place; None beyond the end."""
        return self.cells[place] if place < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A table: where its headings stand, what its columns are, its rows (read once, streaming).

    `ignored` names what is not imported: unknown columns, further sheets. `expected`: about how
    many rows there are, for a progress bar. `later_days`: what plain numbers of days lack.
    """

    name: str
    format: str
    layout: Layout
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: Iterator[Row]
    ignored: tuple[str, ...] = ()
    expected: int = 0
    later_days: int = 0

    def address(self, row, place):
        """How people find a cell: “C12”; in json “第3条 XK_WSH”."""
        if self.format == "json":
            heading = self.columns[place].heading if place < len(self.columns) else ""
            return _("第%(number)d条 %(heading)s") % {"number": row, "heading": heading}
        return f"{letters(place)}{row}"


@dataclass
class Raw:
    """A table before its headings are found: rows with their numbers, merged ranges from 0."""

    name: str
    rows: Iterator[tuple[int, tuple]]
    merged: list = field(default_factory=list)
    expected: int = 0


def letters(place):
    """The letters of a column: 0 is A, 26 is AA."""
    found, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def is_blank(cell):
    """Whether there is nothing in a cell but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip(SPACES))


def read(file, filename, layouts):
    """The sheet of a file that has the columns of one of the layouts; SheetRefused if none has.

    `file` is binary and seekable. Empty rows are skipped and not counted; nothing else is.
    """
    kind = format_of(file, filename)
    raws = list(_READERS[kind](file))
    found = []
    for raw in raws:
        head, rows = _ahead(raw)
        if (header := find(head, raw.merged, layouts)) is not None:
            found.append((raw, header, rows))
    if not found:
        raise SheetRefused(_no_header(layouts))
    most = max(len(header.fields) for _raw, header, _rows in found)
    found = [each for each in found if 2 * len(each[1].fields) > most]
    if len(found) > 1:
        raise SheetRefused(
            _("文件中有多张数据表（%(names)s），请每次只保留一张。")
            % {"names": "、".join(raw.name for raw, *_rest in found)}
        )
    raw, header, rows = found[0]
    columns = _columns(header)
    ignored = [
        _("列“%(heading)s”") % {"heading": column.heading}
        for column in columns
        if column.field is None and column.heading and heading_key(column.heading) != REASON
    ]
    ignored += [_("工作表“%(name)s”") % {"name": each.name} for each in raws if each is not raw]
    return Sheet(
        name=raw.name,
        format=kind,
        layout=header.layout,
        header_rows=header.rows,
        columns=columns,
        rows=_filled(rows, header.rows[-1], len(columns)),
        ignored=tuple(ignored),
        expected=raw.expected,
        later_days=later_days(file, kind),
    )


def _columns(header):
    """The columns of a header; refused when one field has two or a required one has none."""
    taken = {}
    for place, (_heading, each) in enumerate(header.columns):
        if each is None:
            continue
        if each.name in taken:
            raise SheetRefused(
                _("“%(label)s”有两列（%(one)s、%(two)s），请只留一列。")
                % {"label": each.label, "one": taken[each.name], "two": letters(place)}
            )
        taken[each.name] = letters(place)
    missing = [e.label for e in header.layout.fields if e.required and e.name not in taken]
    if missing:
        raise SheetRefused(
            _("表格按“%(layout)s”识别，缺少必填的列：%(labels)s。请补上这些列后重新上传。")
            % {"layout": header.layout.label, "labels": "、".join(missing)}
        )
    # Lists of choices are asked for once a sheet, not once a cell.
    return tuple(
        Column(place, heading, each and replace(each, choices=each.options()))
        for place, (heading, each) in enumerate(header.columns)
    )


def _no_header(layouts):
    names = "、".join(str(layout.label) for layout in layouts)
    return _("没有找到表头。请按模板填写（%(names)s），列名用中文名称或代码。") % {"names": names}


def _ahead(raw, count=40):
    """The first filled rows, and all rows again."""
    head, rows = [], iter(raw.rows)
    for number, cells in rows:
        head.append((number, cells))
        if len(head) == count:
            break

    def again():
        yield from head
        yield from rows

    return head, again()


def _filled(rows, after, width):
    """Rows below the header that have anything in them, cells beyond the header's included."""
    for count, (number, cells) in enumerate(rows):
        if count > MAX_ROWS:
            raise SheetRefused(_("超过 %(limit)d 行，请拆分后上传。") % {"limit": MAX_ROWS})
        if number > after and not all(map(is_blank, cells)):
            yield Row(number, cells)


def _workbook(file):
    """The visible sheets of xlsx, xls and ods files."""
    try:
        book = python_calamine.load_workbook(file)
        visible = [
            each.name
            for each in book.sheets_metadata
            if each.visible == python_calamine.SheetVisibleEnum.Visible
            and each.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        for name in visible:
            sheet = book.get_sheet_by_name(name)
            yield Raw(name, _numbered(sheet), list(sheet.merged_cell_ranges or ()), sheet.height)
    except python_calamine.PasswordError as locked:
        raise SheetRefused(_("文件设有密码，请取消密码后重新上传。")) from locked
    except (python_calamine.CalamineError, OSError, ValueError, TypeError) as broken:
        raise SheetRefused(BROKEN) from broken
    except BaseException as panic:
        if type(panic).__module__ != "pyo3_runtime":  # where the reader, written in Rust, gives up
            raise
        raise SheetRefused(BROKEN) from panic


def _numbered(sheet):
    """(number, cells) of the filled rows of a sheet, places counted from column A."""
    if sheet.start is None:
        return
    top, left = sheet.start
    if sheet.height > MAX_ROWS + 100 or left + sheet.width > MAX_COLUMNS * 3:
        raise SheetRefused(
            _("表格超过 %(rows)d 行或 %(columns)d 列，请删除表外的内容和格式，或拆分后上传。")
            % {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
        )
    shift = (None,) * left
    for offset, cells in enumerate(sheet.iter_rows()):
        yield top + offset + 1, (*shift, *cells)


def _csv(file):
    """A csv file of any usual encoding and delimiter; its harmless apostrophes are taken off."""
    text = _decoded(file.read())
    head = "".join(text[:4000].splitlines()[:3])
    delimiter = max(",\t;", key=head.count)
    csv.field_size_limit(1 << 20)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def rows():
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as broken:
                raise SheetRefused(
                    _("第 %(line)d 行附近不是合法的 csv，请用表格软件另存后重新上传。")
                    % {"line": reader.line_num}
                ) from broken
            yield number, tuple(map(restored, cells))

    yield Raw(_("csv 文件"), rows(), expected=text.count("\n"))


def _decoded(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        order = ("utf-16",)
    else:
        order = ("utf-8-sig", "gb18030")
    for encoding in order:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused(_("文件的编码无法识别，请另存为 UTF-8 编码的 csv 或 xlsx 后重新上传。"))


def _json(file):
    """A list of objects, or an object that has one under `rows`, `data` or `results`."""
    try:
        data = json.loads(_decoded(file.read()), parse_float=str)
    except (ValueError, RecursionError) as broken:
        raise SheetRefused(_("文件不是合法的 json，请检查后重新上传。")) from broken
    if isinstance(data, dict):
        data = next((data[key] for key in ("rows", "data", "results") if key in data), data)
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise SheetRefused(_("json 应当是一个列表，每条记录是一个对象。"))
    headings = list(dict.fromkeys(key for each in data for key in each))
    if len(headings) > MAX_COLUMNS:
        raise SheetRefused(_("记录的字段超过 %(limit)d 个。") % {"limit": MAX_COLUMNS})

    def rows():
        yield 0, tuple(headings)
        for number, each in enumerate(data, 1):
            yield number, tuple(each.get(key) for key in headings)

    yield Raw("json", rows(), expected=len(data))


_READERS = {"xlsx": _workbook, "xls": _workbook, "ods": _workbook, "csv": _csv, "json": _json}
