"""Numbers as people write them: wide or narrow, spaced, hyphenated, with invisible characters.

`groups_in` reads words into runs of digit groups. Whoever looks for a number puts neighbouring
groups together and asks whether they make one; a number never begins or ends within a group.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

#: What ends an ID number besides a digit; the last two are look-alikes.
_X = set("XxＸｘΧХх")
_DOTS = set("·•・‧∙⋅．.")
_DASHES = set("-_−ー~～")
#: A gap within a number: a few spaces, one mark, a few spaces.
_RUN = re.compile(r"\d(?:[ \n\-./:()]{0,7}(?:\d|X(?![0-9A-Za-z])))*")
_GROUP = re.compile(r"[0-9X]+")


@dataclass(frozen=True)
class Group:
    """Digits without a gap: `start`, `end` in the normal form; `gap` is what stands before it."""

    digits: str
    start: int
    end: int
    gap: str


class Reading:
    """Words in normal form, character by character; `places` leads back to the words."""

    def __init__(self, words):
        characters, places = [], []
        for at, character in enumerate(words):
            if normal := _normal(character):
                characters.append(normal)
                places.append(at)
        self.form, self.places = "".join(characters), places

    @cached_property
    def runs(self):
        """Lists of Groups, each list as far as gaps allow."""
        return list(self._runs())

    def _runs(self):
        for run in _RUN.finditer(self.form):
            groups, end = [], None
            for found in _GROUP.finditer(self.form, run.start(), run.end()):
                gap = self.form[end : found.start()] if end is not None else ""
                end = found.end()
                groups.append(Group(found.group(), found.start(), end, gap))
            yield groups

    def before(self, at, length=12):
        """The characters before a place of the normal form, on the same line."""
        return self.form[max(0, at - length) : at].rpartition("\n")[2]

    def after(self, at, length=6):
        """The characters from a place on, on the same line."""
        return self.form[at : at + length].partition("\n")[0]


def _normal(character):
    """One character in normal form; "" for what cannot be seen."""
    if character.isascii():
        if character in "\n\r\x0b\x0c":
            return "\n"
        if character in "\t ":
            return " "
        if character in _X:
            return "X"
        return "-" if character in _DASHES else character
    if character in _X:
        return "X"
    number = unicodedata.decimal(character, None)
    if number is not None:
        return str(number)
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Zs":
        return " "
    if category == "Pd" or character in _DASHES:
        return "-"
    if character in _DOTS:
        return "."
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


def windows(groups, total):
    """(first, last) of neighbouring groups that together have a number of digits in `total`."""
    for first in range(len(groups)):
        length = 0
        for last in range(first, len(groups)):
            length += len(groups[last].digits)
            if length in total:
                yield first, last
            if length >= max(total):
                break


def digits_of(groups):
    """The digits of neighbouring groups."""
    return "".join(group.digits for group in groups)
