"""csv, tsv and json, row by row."""

import csv
import io
import json

from exports.columns import NUMBER, jsonable, plain
from page_types.publication.cells import FORMULA, harmless

_RISKY = frozenset({*FORMULA, "'"})


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
    writers = [_number if column.kind == NUMBER else _text for column in table.columns]
    count = 0
    with _Lines(file) as lines:
        lines.write(mark)
        writer = csv.writer(lines, delimiter=delimiter)
        writer.writerow(table.labels)
        for row in table.rows:
            cells = [
                # Most cells are texts that begin with none of these, and go as they are: a call
                # for each would cost half as much again as the writer itself.
                cell if type(cell) is str and cell[:1] not in _RISKY else write(cell)
                for write, cell in zip(writers, row, strict=True)
            ]
            writer.writerow(cells)
            count += 1
    return count


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
