"""What a format is, and what it is given."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exports.columns import Column

#: What no XML file can hold.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: tablib holds every row (100,000 of xlsx: 15 s, 400 MB, measured): beyond this, formats that
#: stream.
LIMIT = 5000


class TooManyRows(ValueError):
    """The format cannot hold so many rows; the message says which can."""

    def __init__(self, label, limit=LIMIT, others="xlsx、csv、tsv、json"):
        super().__init__(
            _("%(format)s 格式最多 %(limit)d 行，请改用 %(others)s，或缩短期间。")
            % {"format": label, "limit": limit, "others": others}
        )


def xml_text(text):
    """A text for a file made of XML: what it cannot hold becomes the sign for lost characters."""
    # What can be printed needs no closer look: the usual case, and much faster.
    return text if text.isprintable() else NO_XML.sub("\ufffd", text)


@dataclass(frozen=True)
class Table:
    """Rows under columns, streaming, with what is to be said of them (label -> text)."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def labels(self):
        """The headings."""
        return [str(column.label) for column in self.columns]

    @property
    def names(self):
        """The codes of the columns."""
        return [column.name for column in self.columns]


@dataclass(frozen=True)
class Format:
    """A file format: `write(table, file)` writes to a binary file and returns the rows written.

    `streams`: memory does not grow with the rows. `ending` only where it is not the name.
    """

    name: str
    label: str
    content_type: str
    write: Callable[[Table, object], int]
    streams: bool = True
    ending: str = ""
    for_programs: bool = False  # not among those that people are offered first

    @property
    def extension(self):
        """How the names of its files end."""
        return self.ending or self.name
