"""Formats that tablib knows, for tables that fit into memory."""

from itertools import islice

import tablib

from exports.columns import NUMBER, jsonable, plain
from exports.formats.base import LIMIT, TooManyRows, xml_text


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
        file.write(written if isinstance(written, bytes) else written.encode("utf-8", "replace"))
        return len(rows)

    return write


def _cell(column, value, for_people):
    if not for_people:
        return jsonable(value)
    return value if column.kind == NUMBER and value is not None else xml_text(plain(value))
