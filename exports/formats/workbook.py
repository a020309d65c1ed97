"""xlsx, streamed: XlsxWriter writes each row and forgets it.

Every text is a string cell: a spreadsheet program runs nothing in it, and an 18-digit code keeps
all its digits. Beyond a sheet's rows the table goes on in the next sheet.
"""

from datetime import datetime

import xlsxwriter
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from exports.columns import DATE, MOMENT, NUMBER, plain
from exports.formats.base import xml_text
from page_types.publication.cells import FORMULA

#: Excel's own limits: rows of a sheet, characters of a cell, digits of a number.
ROWS, CHARACTERS, EXACT = 1_048_576, 32_767, 10**15
#: How a text begins that would run as a formula.
RISKY = frozenset(FORMULA)
#: Excel counts days from here and takes it for a leap year: older dates are written as text.
BROKEN_YEAR = 1900


def write_xlsx(table, file):
    """The workbook: data under fixed headings with a filter row, and a sheet of facts."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    try:
        sheets = _Sheets(book, table)
        count = sheets.write()
        _facts(book, table, count, sheets.cut)
    finally:
        book.close()
    return count


class _Sheets:
    """The table over as many sheets as it takes."""

    def __init__(self, book, table):
        self.book, self.table = book, table
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        # As if typed with an apostrophe: stays a text even when somebody edits the cell.
        self.quoted = book.add_format({"quote_prefix": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.cut = 0  # cells whose text is longer than a cell can hold
        self.writers = [self._writer(column) for column in table.columns]

    def write(self):
        """All rows; returns their number."""
        count = line = 0
        sheet = None
        for row in self.table.rows:
            if sheet is None or line == ROWS:
                self._close(sheet, line)
                sheet, line = self._open(), 1
            for place, (cell, writer) in enumerate(zip(row, self.writers, strict=True)):
                if cell is not None:
                    writer(sheet, line, place, cell)
            line += 1
            count += 1
        self._close(sheet or self._open(), max(line, 1))
        return count

    def _open(self):
        sheet = self.book.add_worksheet()
        for place, column in enumerate(self.table.columns):
            sheet.set_column(place, place, column.characters)
            sheet.write_string(0, place, str(column.label), self.head)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _close(self, sheet, line):
        if sheet is not None:
            sheet.autofilter(0, 0, line - 1, len(self.table.columns) - 1)

    def _writer(self, column):
        return {NUMBER: self._number, DATE: self._date, MOMENT: self._date}.get(
            column.kind, self._text
        )

    def _text(self, sheet, line, place, cell):
        text = xml_text(cell if isinstance(cell, str) else plain(cell))
        if len(text) > CHARACTERS:
            text, self.cut = text[: CHARACTERS - 1] + "…", self.cut + 1
        style = self.quoted if text[:1] in RISKY else None
        if sheet.write_string(line, place, text, style) != 0:
            raise ValueError(f"cell not written: row {line}, column {place}")

    def _number(self, sheet, line, place, cell):
        if isinstance(cell, str) or not -EXACT < cell < EXACT:
            self._text(sheet, line, place, cell)
        else:
            sheet.write_number(line, place, cell)

    def _date(self, sheet, line, place, cell):
        if isinstance(cell, str) or cell.year <= BROKEN_YEAR:
            self._text(sheet, line, place, cell)
        elif isinstance(cell, datetime):
            local = localtime(cell) if is_aware(cell) else cell
            sheet.write_datetime(line, place, local.replace(tzinfo=None), self.moment)
        else:
            sheet.write_datetime(line, place, cell, self.day)


def _facts(book, table, count, cut):
    """The sheet that says what the data are: source, period, when, by whom, how many rows."""
    sheet = book.add_worksheet(_("说明"))
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 60)
    facts = {_("数据集"): table.title, **table.facts, _("行数"): str(count)}
    if cut:
        facts[_("截短的单元格")] = _("%(number)d 个（超过 32767 字），全文见 csv") % {"number": cut}
    for line, (label, text) in enumerate(facts.items()):
        sheet.write_string(line, 0, label)
        sheet.write_string(line, 1, xml_text(text))
