"""Tags for tables and charts in public templates. None of them asks the database."""

from django import template

from page_types import charts

register = template.Library()


@register.simple_tag
def points(value):
    """The numbers of a statistics block, written alike (`charts.Point`)."""
    return charts.points_of(value["rows"])


@register.simple_tag
def chart(value, found):
    """The chart of a statistics block from its points, as SVG; "" for none."""
    return charts.chart(value["title"], value["unit"], value["chart"], found)


@register.filter
def table_rows(value):
    """Rows of a table block: lists of {text, scope, spans}, the head rows first.

    `scope` is "col", "row" or "" (a cell of data); cells that a merged one covers are left out.
    """
    covered = {(cell["row"], cell["col"]) for cell in value.get("cell") or () if cell.get("hidden")}
    merged = {(cell["row"], cell["col"]): cell for cell in value.get("mergeCells") or ()}
    first_column = value.get("first_col_is_header") or value.get("table_header_choice") in (
        "both", "column",
    )  # fmt: skip
    found = []
    for number, row in enumerate(value.get("data") or ()):
        head = number == 0 and has_head(value)
        found.append([
            {
                "text": str(text).strip() if text is not None else "",
                "scope": "col" if head else "row" if first_column and place == 0 else "",
                "spans": merged.get((number, place)),
            }
            for place, text in enumerate(row)
            if (number, place) not in covered
        ])  # fmt: skip
    return found


@register.filter
def has_head(value):
    """Whether the first row of a table block is its head."""
    return bool(value.get("first_row_is_table_header")) or value.get("table_header_choice") in (
        "both", "row",
    )  # fmt: skip
