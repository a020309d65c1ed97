"""Cells of tables that people open in a spreadsheet program."""

#: A cell that begins so would run as a formula there.
FORMULA = tuple("=+-@\t\r＝＋－＠")


def harmless(cell):
    """The cell, with an apostrophe before a text that would run as a formula.

    One that has apostrophes already gets one more, so that `restored` gives back every text.
    """
    if isinstance(cell, str) and cell.lstrip("'").startswith(FORMULA):
        return f"'{cell}"
    return cell


def restored(cell):
    """What `harmless` was given."""
    if isinstance(cell, str) and cell.startswith("'") and harmless(cell) != cell:
        return cell[1:]
    return cell
