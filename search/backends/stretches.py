"""Rows of tokens as stretches of text: what an index without places leaves to be looked up.

A pair of characters is followed by the pair that begins with its second one, or by that character
alone, where the run ends. So a row of tokens is a stretch of the text, once all that parts runs is
one space.
"""

from search.analysis.tokens import PARTED, is_cjk, pieces_of
from search.backends.base import NUMBERS
from search.backends.sql import harmless


def joined(folded):
    """A folded text in which stretches are looked for: its runs, with a space around each."""
    pieces = []
    for run, word in PARTED.findall(folded):
        pieces += [run] if run else pieces_of(word)
    return f" {' '.join(pieces)} " if pieces else ""


def joined_numbers(tokens):
    """The tokens of numbers in the same manner; they are not made of overlapping pairs."""
    return f" {' '.join(tokens)} " if tokens else ""


def stands_in(stretch, folded):
    """Whether a folded text has a stretch; in most the parts of it show that it has not."""
    parts = stretch.split()
    if not all(part in folded for part in parts):
        return False
    return stretch == parts[0] or stretch in joined(folded)


def stretch_of(phrase):
    """The stretch of text that has a phrase's tokens; None if no text has them in a row."""
    tokens = [harmless(token) for token in phrase.tokens]
    if not tokens or any(" " in token for token in tokens):
        return None
    if phrase.field == NUMBERS:
        return f" {' '.join(tokens)}" + ("" if phrase.prefix else " ")
    text, following = "", ""
    for token in tokens:
        if is_cjk(token) and len(token) > 2:
            return None
        if following:
            if token[0] != following or not is_cjk(token):
                return None
            text += token[1:] or " "
            following = token[1:]
        elif is_cjk(token):
            following = token[1:]
            text += token if following else f"{token} "
        else:
            text += f"{'' if text.endswith(' ') else ' '}{token} "
    return text.rstrip(" ") if phrase.prefix else text
