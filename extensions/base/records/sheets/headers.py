"""Finding the headings of a sheet by their names: titles above, merged cells, two rows of names."""

from dataclasses import dataclass

from extensions.base.records.sheets.layouts import Field, Layout, heading_key

#: Rows of one header, at most: a group above its members, and one more.
DEPTH = 3


@dataclass(frozen=True)
class Header:
    """A layout's headings: the numbers of their rows, and (heading, field or None) by column."""

    layout: Layout
    rows: tuple[int, ...]
    columns: tuple[tuple[str, Field | None], ...]

    @property
    def fields(self):
        """Names of the fields that have a column."""
        return {each.name for _heading, each in self.columns if each is not None}


def find(head, merged, layouts):
    """The header among the first rows [(number, cells)]; None if no layout has one there.

    The most fields win, then the fewest rows. Half of a layout's required fields must be there.
    """
    texts = _spread(head, merged)
    best, best_score = None, ()
    for layout in layouts:
        names = layout.by_heading()
        least = max(2, (sum(each.required for each in layout.fields) + 1) // 2)
        for bottom in range(len(texts)):
            for depth in range(1, min(DEPTH, bottom + 1) + 1):
                columns = _named(texts[bottom - depth + 1 : bottom + 1], names)
                count = len({each.name for _heading, each in columns if each is not None})
                score = (count, -depth, -bottom)
                if count >= least and score > best_score:
                    numbers = tuple(head[at][0] for at in range(bottom - depth + 1, bottom + 1))
                    best, best_score = Header(layout, numbers, columns), score
    return best and _with_second_names(best, head, texts)


def _with_second_names(header, head, texts):
    """A row of codes right below the row of labels (or the other way round) is header too."""
    names, rows = header.layout.by_heading(), list(header.rows)
    for (number, _cells), row in zip(head, texts, strict=True):
        if number <= rows[-1]:
            continue
        second = [names.get(heading_key(text)) for text in row]
        same = sum(
            one is not None and place < len(header.columns) and one is header.columns[place][1]
            for place, one in enumerate(second)
        )
        if same * 2 < len(header.fields):
            break
        rows.append(number)
    return Header(header.layout, tuple(rows), header.columns)


def _spread(head, merged):
    """The rows as texts of one width; a merged cell's text stands in each of its places."""
    width = max((len(cells) for _number, cells in head), default=0)
    texts = [
        ["" if cell is None else str(cell).strip() for cell in cells] + [""] * (width - len(cells))
        for _number, cells in head
    ]
    places = {number: place for place, (number, _cells) in enumerate(head)}
    for (top, left), (bottom, right) in merged:
        if top + 1 not in places or left >= width:
            continue
        text = texts[places[top + 1]][left]
        for row in range(top, min(bottom, top + DEPTH) + 1):
            for column in range(left, min(right, width - 1) + 1):
                if row + 1 in places:
                    texts[places[row + 1]][column] = text
    return texts


def _named(rows, names):
    """(heading, field) of each column under one to three rows of names.

    A name that is not known by itself may be by the group above it; a group has no text of its own
    over its second member where cells are not merged, so that the last one to the left is taken.
    """
    carried = [_carried(row) for row in rows[:-1]]
    columns = []
    for place, lowest in enumerate(rows[-1]):
        above = (row if lowest else own for row, own in zip(carried, rows[:-1], strict=True))
        parts = list(dict.fromkeys(text for text in (*(r[place] for r in above), lowest) if text))
        tries = (heading_key(parts[-1]), heading_key("".join(parts))) if parts else ()
        found = next((names[key] for key in tries if key in names), None)
        columns.append((parts[-1] if parts else "", found))
    while columns and not columns[-1][0]:
        columns.pop()
    return tuple(columns)


def _carried(row):
    """A row of groups: what stands over a column is the last text to its left."""
    last, carried = "", []
    for text in row:
        last = text or last
        carried.append(last)
    return carried
