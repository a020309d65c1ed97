"""A query as the search understands it: parts that must match, parts that must not, narrowings."""

from dataclasses import dataclass
from datetime import date

#: Characters of a query that are read; what comes after them is left aside.
LONGEST = 400


@dataclass(frozen=True)
class Part:
    """A piece of what was typed, folded. `field` None: anywhere; else title, body or numbers.

    `exact`: quoted, never cut into words, never relaxed, no synonym.
    """

    text: str
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True)
class Query:
    """The query; `raw` is what was typed (cut to LONGEST), for showing it again.

    `numbers` are tokens of document numbers; `columns` and `departments` the names typed after
    栏目: and 部门:, folded. `question`: asked in people's own words. `pasted`: a piece of a text.
    """

    raw: str
    parts: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()
    numbers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    years: tuple[int, ...] = ()  # of the last year: range written as years
    question: bool = False
    pasted: bool = False

    @property
    def text(self):
        """The free words, one space between them: what titles are compared with."""
        return " ".join(part.text for part in self.parts if not part.exact)

    @property
    def asks(self):
        """Whether there is anything to look for."""
        return bool(self.parts or self.numbers)

    @property
    def narrows(self):
        """Whether something narrows without being looked for."""
        return bool(self.excluded or self.columns or self.departments or self.since or self.until)
