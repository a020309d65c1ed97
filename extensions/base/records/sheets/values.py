"""What a cell says, as a value of its field: or a sentence about why it says nothing.

Sheets carry Excel's serial dates, dates as text, full-width digits, stray spaces, amounts with
units (domain facts, chapter 3). What would have to be guessed is a problem, never a value.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import gettext as _

from extensions.base.records.sheets import layouts
from extensions.base.records.sheets.layouts import SPACES, WIDE, Problem
from extensions.base.records.sheets.masking import masked, without_numbers

#: What a database refuses: NUL, and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DATE = re.compile(
    r"(\d{4})\s*[年/.\-]\s*(\d{1,2})\s*[月/.\-]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CHINESE = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DATE = re.compile(r"([〇○零一二三四五六七八九]{4})年(.{1,3})月(.{1,3})日")
#: Day 0 of Excel. Its numbers are right from March 1900 on; we take those of 1941 to 2119.
_DAY_0, _FIRST, _LAST = date(1899, 12, 30), 15_000, 80_000
_AMOUNT = re.compile(r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(亿元|万元|元)?")
#: One unit in yuan.
_UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
#: Digits that a number in a sheet keeps.
_EXACT = 15


class Unreadable(ValueError):
    """A cell that says nothing its field could mean: which rule it breaks, and what to do."""

    def __init__(self, rule, mend=""):
        super().__init__(rule)
        self.rule, self.mend = str(rule), str(mend)


def shown(raw):
    """A raw cell as a text to show, at most 100 characters; numbers of persons are masked."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**_EXACT:
        raw = int(raw)
    text = without_numbers(_UNSTORABLE.sub("\ufffd", str(raw)).strip(SPACES))
    return text if len(text) <= 100 else f"{text[:99]}…"


def read_row(sheet, row):
    """(values by the names of fields that have a column, problems) of a row of the sheet."""
    values, problems = {}, []
    for column in sheet.columns:
        each, raw = column.field, row.cell(column.place)
        if each is None:
            continue
        raw = counted_from_1900(sheet, each, raw)
        try:
            values[each.name] = read_cell(each, raw)
        except Unreadable as wrong:
            problems.append(problem(sheet, row, column, wrong.rule, wrong.mend))
    if any(cell not in (None, "") for cell in row.cells[len(sheet.columns) :]):
        address = sheet.address(row.number, len(sheet.columns))
        problems.append(
            Problem(address, "", _("这一格在表头之外。"), _("请为它加上列名，或清空这一格。"))
        )
    return values, problems


def counted_from_1900(sheet, field, raw):
    """The raw cell; a plain number of a day in a workbook that counts from 1904 as others count."""
    if not sheet.later_days or field.kind != layouts.DATE or type(raw) not in (int, float):
        return raw
    return raw + sheet.later_days if raw <= _LAST else raw


def problem(sheet, row, column, rule, mend=""):
    """A Problem about a cell of the sheet; the value of a secret field is not repeated."""
    each = column.field
    value = shown(row.cell(column.place))
    return Problem(
        cell=sheet.address(row.number, column.place),
        value=masked(value) if each.secret else value,
        rule=without_numbers(str(rule)),
        mend=str(mend),
        label=str(each.label),
        field=each.name,
    )


def read_cell(field, raw):
    """The value of a cell: text, date, Decimal, int, or None where an empty cell has no text.

    Unreadable if the cell breaks the field's own rules.
    """
    if isinstance(raw, (list, dict, set)):
        raise Unreadable(_("这里应当是一个值。"), _("请不要嵌套列表或对象。"))
    if isinstance(raw, str):
        raw = raw.strip(SPACES)
    if raw is None or raw == "":
        value = _nothing(field)
    elif isinstance(raw, str) and raw in field.words:
        return field.words[raw]
    else:
        value = _READERS[field.kind](field, raw)
    if field.required and value in ("", (), None):
        raise Unreadable(_("必填。"), _("请填写。"))
    if field.length and isinstance(value, str) and len(value) > field.length:
        raise Unreadable(
            _("最多 %(limit)d 个字符，现有 %(count)d 个。")
            % {"limit": field.length, "count": len(value)},
            _("请缩短。"),
        )
    return value


def _nothing(field):
    """The value of an empty cell."""
    if field.kind == layouts.CHOICE and field.multiple:
        return ()
    return "" if field.kind in (layouts.TEXT, layouts.IDENTIFIER, layouts.CHOICE) else None


def _as_text(raw):
    """What a person sees in a cell of any type."""
    if isinstance(raw, bool):
        return _("是") if raw else _("否")
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if not raw.time() else raw.isoformat(" ")
    if isinstance(raw, (date, timedelta)):
        return str(raw)
    return str(raw)


def _text(field, raw):
    text = _as_text(raw).replace("\r\n", "\n").replace("\r", "\n").strip(SPACES)
    if _UNSTORABLE.search(text):
        raise Unreadable(_("含有无法保存的字符。"), _("请删除后重新填写。"))
    return text


def _identifier(field, raw):
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= 10**_EXACT:
        raise Unreadable(
            _("号码被存成了数字，超过 15 位的部分已经丢失。"),
            _("请把这一列设为“文本”格式，再重新填写号码。"),
        )
    return "".join(_text(field, raw).translate(WIDE).split())


def _date(field, raw):
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, bool) or isinstance(raw, timedelta):
        raise _no_date()
    if isinstance(raw, (int, float)):
        return _by_number(raw)
    return _date_of_text(str(raw))


@lru_cache(maxsize=4096)
def _date_of_text(written):
    """A date as people write it; a sheet repeats its dates."""
    text = written.translate(WIDE).strip()
    if chinese := _CHINESE_DATE.fullmatch(text):
        year, month, day = chinese.groups()
        return _day(year.translate(_CHINESE), _small_number(month), _small_number(day))
    if found := _DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(*found.groups()[:3])
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _by_number(float(text))
    raise _no_date()


def _by_number(number):
    """A serial date of Excel, or 20160901 as a number."""
    if number != number or abs(number) > 1e9:  # not a number, or none that is a date
        raise _no_date()
    whole = int(number)
    if _FIRST <= whole <= _LAST:
        return _DAY_0 + timedelta(days=whole)
    if number == whole and (found := _COMPACT.fullmatch(str(whole))):
        return _day(*found.groups())
    raise _no_date()


def _small_number(text):
    """一 to 三十一 as digits."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return text.translate(_CHINESE)
    return (tens.translate(_CHINESE) or "1") + (ones.translate(_CHINESE) or "0")


def _day(year, month, day):
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable(_("没有这一天。"), _("请核对日期。")) from None
    if not 1900 <= found.year <= 2200:
        raise Unreadable(_("年份不在 1900 至 2200 之间。"), _("请核对日期。"))
    return found


def _no_date():
    return Unreadable(_("不是日期。"), _("请写成 2016-09-01、2016/9/1 或 2016年9月1日。"))


def _amount(field, raw):
    if isinstance(raw, (bool, date, timedelta)):
        raise _no_amount(field)
    text = repr(raw) if isinstance(raw, float) else str(raw)
    text = "".join(text.translate(WIDE).split()).replace(",", "").removeprefix("¥")
    found = _AMOUNT.fullmatch(text.removeprefix("\uffe5"))
    if found is None:
        raise _no_amount(field)
    number, unit = found.groups()
    try:
        amount = Decimal(number)
        if unit and field.unit in _UNITS:
            amount = amount * _UNITS[unit] / _UNITS[field.unit]
        rounded = amount.quantize(Decimal(1).scaleb(-field.places))
    except InvalidOperation:
        raise _no_amount(field) from None
    # A float carries noise in its last digits: 0.1 + 0.2 is meant as 0.3.
    if abs(rounded - amount) > (Decimal("1e-9") if isinstance(raw, float) else 0):
        raise Unreadable(
            _("小数最多 %(places)d 位。") % {"places": field.places}, _("请核对金额和单位。")
        )
    if rounded < 0:
        raise Unreadable(_("金额不能为负。"), _("请核对。"))
    if rounded >= 10**12:
        raise Unreadable(_("金额过大。"), _("请核对金额和单位（%(u)s）。") % {"u": field.unit})
    return rounded


def _no_amount(field):
    unit = field.unit or _("元")
    return Unreadable(_("不是金额。"), _("请只写数字，单位为%(unit)s。") % {"unit": unit})


def _integer(field, raw):
    text = "".join(_as_text(raw).translate(WIDE).split()).replace(",", "")
    if isinstance(raw, bool) or not re.fullmatch(r"-?\d{1,15}", text):
        raise Unreadable(_("不是整数。"), _("请只写数字。"))
    return int(text)


def _choice(field, raw):
    text = _as_text(raw)
    known = _known(field.options())
    if not field.multiple and text in known:
        return known[text]
    parts = re.split("[;；]", text) if field.multiple else [text]
    found = []
    for part in filter(None, (part.strip(SPACES) for part in parts)):
        if (key := layouts.heading_key(part)) not in known:
            allowed = "、".join(str(label) for _value, label in field.options())
            raise Unreadable(
                _("“%(text)s”不在可选项中。") % {"text": part[:40]},
                _("请填写其中之一：%(allowed)s。") % {"allowed": allowed},
            )
        if known[key] not in found:
            found.append(known[key])
    return tuple(found) if field.multiple else found[0]


@lru_cache(maxsize=64)
def _known(options):
    """What may be written for each option: its value, its label, its number without the zero."""
    known = {}
    for value, label in options:
        for text in (str(value), str(label)):
            known[layouts.heading_key(text)] = value
            if re.fullmatch(r"0\d", text):  # a code that a spreadsheet made a number of
                known.setdefault(text[1:], value)
    return known


_READERS = {
    layouts.TEXT: _text,
    layouts.IDENTIFIER: _identifier,
    layouts.DATE: _date,
    layouts.AMOUNT: _amount,
    layouts.INTEGER: _integer,
    layouts.CHOICE: _choice,
}
