"""Secrets in what is said of a sheet: previews, reasons, titles."""

from page_types.review.checks import numbers

#: Kinds of `numbers` that are nobody's business, whatever the column they were typed into.
_PERSONAL = ("resident_id", "passport")
#: With fewer digits a text holds no such number.
_FEWEST = 7


def masked(text):
    """A secret text as others see it: its first and last two characters (domain facts, 3.6)."""
    text = str(text)
    return f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}" if len(text) > 6 else "*" * len(text)


def without_numbers(text):
    """A text with the numbers of identity documents in it masked: they get into any column."""
    if sum(map(str.isdecimal, text)) < _FEWEST:
        return text
    signs = list(text)
    for found in numbers.find(text):
        if found.kind in _PERSONAL:
            for place in found.hidden:
                signs[place] = "*"
    return "".join(signs)
