"""Columns of data sets: what a table says of each of its cells, once for every format."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext_lazy as _

#: Kinds of values. An identifier is text whatever it looks like: an 18-digit code is no number.
TEXT, NUMBER, DATE, MOMENT, IDENTIFIER, URL = (
    "text",
    "number",
    "date",
    "moment",
    "identifier",
    "url",
)
#: What readers call them.
KIND_LABELS = {
    TEXT: _("文字"),
    NUMBER: _("数字"),
    DATE: _("日期"),
    MOMENT: _("日期和时间"),
    IDENTIFIER: _("编号"),
    URL: _("网址"),
}
#: Widths in characters of a Latin letter; a Chinese one takes two.
WIDTHS = {TEXT: 24, NUMBER: 12, DATE: 12, MOMENT: 18, IDENTIFIER: 22, URL: 40}


@dataclass(frozen=True)
class Column:
    """A column: `name` is its code (in json, in addresses), `label` what people read above it.

    `secret`: only in files of those who hold the data set's permission, never in what visitors
    get. `width` 0: what its kind needs.
    """

    name: str
    label: str
    kind: str = TEXT
    help: str = ""
    secret: bool = False
    width: int = 0

    @property
    def characters(self):
        """Width of the column in a spreadsheet."""
        return self.width or max(WIDTHS[self.kind], 2 * len(str(self.label)) + 2)


def plain(value):
    """A value as text formats write it: ISO dates, moments with their offset, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return (localtime(value) if is_aware(value) else value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def jsonable(value):
    """A value as json and yaml keep it: numbers and truth stay, decimals exact as text."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return plain(value)
