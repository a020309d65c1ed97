"""Sheets that go out: the error list, which is the sheet that came in, and empty templates."""

from datetime import date, datetime

import xlsxwriter
from django.utils.translation import gettext as _

from exports.formats.base import xml_text
from extensions.base.records.importing import storage
from extensions.base.records.sheets.layouts import AMOUNT, DATE, INTEGER, REASON
from extensions.base.records.sheets.reading import read
from extensions.base.records.sheets.values import counted_from_1900

#: Characters that a cell of a spreadsheet holds.
_CELL = 32_767


def _book(file):
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(file, options)


def _put(sheet, row, column, value):
    """A raw cell as it came: numbers as numbers, whatever else as a text that runs nowhere."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value:
        if abs(value) < 1e15:
            sheet.write_number(row, column, value)
            return
    if isinstance(value, datetime):
        value = value.date() if not value.hour and not value.minute else value
    if isinstance(value, bool):
        value = _("是") if value else _("否")
    text = value.isoformat() if isinstance(value, date) else str("" if value is None else value)
    if text:
        sheet.write_string(row, column, xml_text(text)[:_CELL])


def write_errors(sheet_import, importer, file):
    """Write the wrong rows as they were given, with a column of reasons; returns their number.

    What comes back mended is read again: its headings are those of the layout, the column of
    reasons is known and passed over.
    """
    reasons = {
        line["row"]: "\n".join(
            f"{cell} {label}：{rule}{mend}" for cell, label, _value, rule, mend in line["problems"]
        )
        for line in storage.verdicts(sheet_import, "w")
    }
    given = read(storage.sheet_of(sheet_import), sheet_import.filename, importer.layouts)
    book = _book(file)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet = book.add_worksheet(_("错误行"))
    kept = [column for column in given.columns if _is_kept(column)]
    sheet.set_column(0, len(kept) - 1, 20)
    sheet.set_column(len(kept), len(kept), 60)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(kept):
        heading = column.field.label if column.field else column.heading
        sheet.write_string(0, place, xml_text(str(heading)), bold)
    sheet.write_string(0, len(kept), REASON, bold)
    count = 0
    for row in given.rows:
        if row.number not in reasons:
            continue
        count += 1
        for place, column in enumerate(kept):
            raw = row.cell(column.place)
            known = column.field is not None
            raw = counted_from_1900(given, column.field, raw) if known else raw
            _put(sheet, count, place, raw)
        sheet.write_string(count, len(kept), xml_text(reasons[row.number])[:_CELL], wrap)
    book.close()
    return count


def _is_kept(column):
    return column.field is not None or column.heading not in ("", REASON)


def write_template(layout, file):
    """An empty sheet of a layout, and a second one that says what belongs into each column."""
    book = _book(file)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_("数据"))
    for place, each in enumerate(layout.fields):
        sheet.set_column(place, place, max(14, 2 * len(str(each.label)) + 2), text)
        sheet.write_string(0, place, str(each.label), bold)
    sheet.freeze_panes(1, 0)
    notes = book.add_worksheet(_("填写说明"))
    notes.set_column(0, 4, 24)
    titles = (_("列"), _("代码"), _("是否必填"), _("最多字符"), _("怎样填写"))
    for place, title in enumerate(titles):
        notes.write_string(0, place, title, bold)
    for row, each in enumerate(layout.fields, 1):
        length = str(each.length or "")
        needed = _("必填") if each.required else ""
        for place, said in enumerate((each.label, each.code, needed, length, _how(each))):
            notes.write_string(row, place, str(said))
    book.close()


def _how(each):
    if options := each.options():
        joined = "、".join(str(label) for _value, label in options)
        several = _("，可填多个，用“；”分开") if each.multiple else ""
        return _("填写其中之一：%(options)s") % {"options": joined} + several
    words = _("，或“%(words)s”") % {"words": "”“".join(each.words)} if each.words else ""
    if each.kind == DATE:
        return _("日期，如 2016-09-01") + words
    if each.kind == AMOUNT:
        return _("数字，单位：%(unit)s") % {"unit": each.unit or _("元")} + words
    return _("整数") if each.kind == INTEGER else ""
