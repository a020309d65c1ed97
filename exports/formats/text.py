"""csv, tsv and json, row by row."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import itemgetter

from exports.columns import NUMBER, jsonable, plain
from page_types.publication.cells import FORMULA, harmless

#: How a text begins that is not written as it is.
_RISKY = frozenset({*FORMULA, "'"})
_FIRST = itemgetter(slice(0, 1))
_STRINGS, _DECIMALS = {str}, {Decimal}
#: What Python's csv writes as `plain` does.
_WRITTEN_SO = {int, float, date, type(None)}
#: Rows that are looked at together.
TOGETHER = 500


class _Lines(io.TextIOWrapper):
    """A text file over a binary one that stays open when the text is done."""

    def __init__(self, file):
        # What is no text (half a surrogate pair) becomes a question mark instead of an error.
        super().__init__(file, encoding="utf-8", errors="replace", newline="")

    def __exit__(self, *raised):
        self.flush()
        self.detach()


def write_csv(table, file, delimiter=",", mark="\ufeff"):
    """RFC 4180, UTF-8 with the mark by which spreadsheet programs know it.

    A text that would run as a formula there gets one apostrophe, which our import takes off again
    (`cells.restored`). Numbers cannot: they are written from numbers.
    """
    kinds = [column.kind for column in table.columns]
    rows, count = iter(table.rows), 0
    with _Lines(file) as lines:
        lines.write(mark)
        writer = csv.writer(lines, delimiter=delimiter)
        writer.writerow(map(harmless, table.labels))
        while some := list(islice(rows, TOGETHER)):
            columns = zip(kinds, zip(*some, strict=True), strict=True)
            writer.writerows(zip(*(_column(*each) for each in columns), strict=True))
            count += len(some)
    return count


def _column(kind, cells):
    """The cells of a column as they are written.

    Most are of one type and need nothing done: to look at them together costs a third of a call for
    each (measured).
    """
    types = set(map(type, cells))
    if types == _STRINGS:
        if _RISKY.isdisjoint(map(_FIRST, cells)):
            return cells
    elif types <= _WRITTEN_SO:
        return cells
    elif types == _DECIMALS:
        texts = list(map(str, cells))
        if "E" not in "".join(texts):  # no power of ten
            return texts
    return map(_number if kind == NUMBER else _text, cells)


def _text(cell):
    return harmless(plain(cell))


def _number(cell):
    return _text(cell) if isinstance(cell, str) else plain(cell)


def write_plain_csv(table, file):
    """Without the mark, which programs that do not expect it take for a part of the first name."""
    return write_csv(table, file, mark="")


def write_tsv(table, file):
    """As csv, parted by tabs."""
    return write_csv(table, file, delimiter="\t")


def write_json(table, file):
    """A list of objects by the columns' codes."""
    names, count = table.names, 0
    with _Lines(file) as lines:
        lines.write("[")
        for row in table.rows:
            record = dict(zip(names, map(jsonable, row), strict=True))
            lines.write(",\n" if count else "\n")
            lines.write(json.dumps(record, ensure_ascii=False))
            count += 1
        lines.write("\n]\n")
    return count
