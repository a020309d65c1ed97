"""Layouts: which columns a sheet may have, and what their cells mean."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

#: Kinds of fields. Identifiers lose their spaces and full-width characters, texts keep their own.
TEXT, IDENTIFIER, DATE, AMOUNT, INTEGER, CHOICE = (
    "text", "identifier", "date", "amount", "integer", "choice",
)  # fmt: skip
#: What people add to headings: marks of obligation, spaces, brackets of any width, underscores.
_NOISE = re.compile(r"[\s\u200b\ufeff*_:()\[\]〔〕【】「」、,，.。\-—/]+")
#: Invisible or wide characters that people paste along with a value.
SPACES = " \t\r\n\u3000\xa0\u200b\u200c\u200d\u2060\ufeff"
#: Wide characters of Chinese keyboards -> those that codes and numbers are written in.
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
#: Column of an error list, which a mended one still has.
REASON = "原因"


def heading_key(text):
    """A heading reduced to what must agree: width of letters, case, spaces, brackets do not."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", str(text))).lower()


@dataclass(frozen=True)
class Field:
    """A column of a layout.

    `name`: key of the value (the record's attribute); `code`: official code (XK_WSH); `label`:
    heading. `length`: characters, 0 without limit. `secret`: masked wherever it is shown.
    `choices`: (value, label) pairs or a function that gives them; `multiple`: several, joined by
    semicolons, read as a tuple of values. `unit` and `places` are those of an amount (“万元”);
    `words`: texts that stand for a value ({"长期": date(2099, 12, 31)}). Whatever depends on other
    fields is the importer's `validate`.
    """

    name: str
    code: str
    label: str
    kind: str = TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    length: int = 0
    secret: bool = False
    choices: tuple | Callable = ()
    multiple: bool = False
    unit: str = ""
    places: int = 2
    words: dict = field(default_factory=dict, hash=False)

    @property
    def headings(self):
        """The headings by which the column is known, reduced (`heading_key`)."""
        return {heading_key(text) for text in (self.code, self.label, *self.aliases)}

    def options(self):
        """(value, label) pairs of a choice as they are now."""
        return tuple(self.choices() if callable(self.choices) else self.choices)


@dataclass(frozen=True)
class Layout:
    """An official form of a sheet: its name, what people call it, its fields in order."""

    name: str
    label: str
    fields: tuple[Field, ...]

    def __post_init__(self):
        object.__setattr__(self, "fields", tuple(self.fields))

    def by_heading(self):
        """Reduced heading -> field. ValueError if two fields answer to one heading."""
        found = {}
        for each in self.fields:
            for heading in each.headings:
                if found.setdefault(heading, each) is not each:
                    raise ValueError(f"{self.name}: {heading} is {each.name} and another")
        return found


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: its address (“C12”), its value, the rule, what to do."""

    cell: str
    value: str
    rule: str
    mend: str
    label: str = ""
    field: str = ""

    def __str__(self):
        where = " ".join(part for part in (self.cell, self.label) if part)
        said = f"“{self.value}”" if self.value else ""
        return f"{where}{said}：{self.rule}{self.mend}"
