"""Cells of tables that people open in a spreadsheet program."""

#: A cell that begins so would run as a formula there.
FORMULA = tuple("=+-@\t\r＝＋－＠")


def harmless(cell):
    """The cell, with an apostrophe before a text that would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
