"""Folding: what differs for the eye only becomes the same: width, case, 繁体, variants.

Each character is folded by itself, so that the place of a find in the folded text can be told in
the original one.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "traditional.txt"
#: Categories of characters that nobody sees: format (zero width, direction) and surrogates.
UNSEEN = {"Cf", "Cs"}


def fold(text):
    """The text folded: NFKC, lower case, simplified characters, no accents, control -> space."""
    return text.translate(_folded)


def fold_with_offsets(text):
    """(folded text, places): of each folded character in `text`, and the text's end last."""
    folded = fold(text)
    if _folded.uneven.isdisjoint(text):
        return folded, list(range(len(text) + 1))
    pieces = [_folded[ord(character)] for character in text]
    places = [place for place, piece in enumerate(pieces) for _character in piece]
    return folded, [*places, len(text)]


class _Folded(dict):
    """Code point -> folded string, worked out when a character is first met.

    `uneven`: the characters met so far that do not become exactly one.
    """

    def __init__(self):
        self.uneven = set()

    def __missing__(self, code):
        character = chr(code)
        category = unicodedata.category(character)
        if category in UNSEEN or category == "Mn":
            folded = ""
        elif category == "Cc":
            folded = " "
        else:
            folded = _plain(unicodedata.normalize("NFKC", character).lower())
            folded = "".join(simplified().get(one, one) for one in folded)
        if len(folded) != 1:
            self.uneven.add(character)
        self[code] = folded
        return folded


_folded = _Folded()


def _plain(text):
    """Without accents, composed or not; a kana or a syllable of Hangul stays whole."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    if parts[0] > "\u1fff":  # accents are a matter of Latin, Greek, Cyrillic
        return text
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


@lru_cache(maxsize=1)
def simplified():
    """Traditional character -> simplified one, read once.

    The table was made with opencc over all Han characters: `scripts/make_traditional.py`.
    Words that differ as words (軟體, 软件) belong to the synonyms.
    """
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    old, new = ("".join(line[part] for line in lines if line and line[0] != "#") for part in (0, 1))
    return dict(zip(old, new, strict=True))
