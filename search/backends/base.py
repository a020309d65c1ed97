"""What every engine does: keeps tokens, finds documents by them, counts. It knows no language.

A query reaches an engine only as a match made of tokens, never as somebody's text: each engine
writes it down in its own syntax with every token quoted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


class EngineDown(Exception):
    """The engine cannot be reached or is broken; the search says so kindly and falls back."""


# --- what is asked -------------------------------------------------------------------------------

#: Fields of the index. `body` holds summary, words, captions; `numbers` what identifies it.
TITLE, BODY, NUMBERS = "title", "body", "numbers"


@dataclass(frozen=True)
class Phrase:
    """These tokens, one after the other; with `prefix` the last is the beginning of a token.

    `field` None: in title or body.
    """

    tokens: tuple[str, ...]
    prefix: bool = False
    field: str | None = None


@dataclass(frozen=True)
class All:
    """Every part matches."""

    parts: tuple


@dataclass(frozen=True)
class Any:
    """At least one part matches."""

    parts: tuple


@dataclass(frozen=True)
class Without:
    """`match` without what matches one of `excluded`; `match` None: every document."""

    match: object
    excluded: tuple


def phrases_of(match):
    """Every phrase that is wanted anywhere in a match."""
    if isinstance(match, Phrase):
        return [match] if match.tokens else []
    if isinstance(match, Without):
        return phrases_of(match.match) if match.match else []
    return [phrase for part in match.parts for phrase in phrases_of(part)]


@dataclass(frozen=True)
class Scope:
    """Which documents come into question. Empty tuples do not narrow; values of one are 'or'.

    `audience`: "public" (visitors) or "staff" (public and staff documents).
    """

    audience: str = "public"
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    validities: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


# --- what is answered ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A document and how well it matches in the engine's own opinion (higher is better)."""

    pk: int
    score: float


@dataclass(frozen=True)
class Combination:
    """Documents that are alike in every facet, counted."""

    kind: str
    column: int | None
    department: int | None
    year: int | None
    validity: str
    format: str
    count: int


@dataclass(frozen=True)
class Size:
    """Documents and tokens (title and body) of the live index."""

    documents: int
    tokens: int


@dataclass(frozen=True)
class Drift:
    """A difference between the documents and the index: `what` is missing, extra or changed."""

    pk: int
    what: str


@dataclass
class Weights:
    """How much a find counts in each field when an engine scores."""

    title: float = 6.0
    body: float = 1.0
    numbers: float = 8.0


@dataclass
class Rebuild:
    """An index being built beside the live one; `done` is the last document written (resumable)."""

    generation: str
    done: int = 0
    written: int = 0
    facts: dict = field(default_factory=dict)


class Engine(Protocol):
    """The contract. Any method may raise EngineDown; none raises for what somebody typed."""

    name: str

    def reading(self) -> "Engine":
        """The engine for the questions of one search; what they share may be asked once."""

    def write(self, documents: Iterable) -> None:
        """Add or replace SearchDocuments, in the live index and in one being built."""

    def erase(self, pks: Iterable[int]) -> None:
        """Forget documents, in the live index and in one being built."""

    def find(self, match, scope: Scope, limit: int, weights: Weights | None = None) -> list[Found]:
        """The best documents, best first."""

    def holds(self, match, scope: Scope) -> bool:
        """Whether any document matches; costs less than finding the best."""

    def few(self, match, scope: Scope, most: int) -> list[int] | None:
        """All documents that match, in no order, if they are not more than `most`; else None.

        Costs less than finding the best: nothing is scored.
        """

    def newest(self, match, scope: Scope, start: int, limit: int, oldest_first=False) -> list[int]:
        """Documents by date, newest first, undated ones last; then by pk, highest first."""

    def tally(self, match, scope: Scope) -> list[Combination]:
        """Documents that match, counted by their combination of facets. None: all of scope."""

    def frequencies(self, tokens: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Token -> (documents, occurrences); tokens that never occur are left out."""

    def size(self) -> Size:
        """How much the live index holds."""

    def begin_rebuild(self) -> Rebuild:
        """Begin, or go on with, an index beside the live one."""

    def write_rebuild(self, rebuild: Rebuild, documents: Iterable) -> None:
        """Add documents to it in bulk; `rebuild.done` is their last pk once they are safe."""

    def finish_rebuild(self, rebuild: Rebuild) -> None:
        """Put it in the live one's place, in one step, and drop the old one."""

    def drop_rebuild(self) -> None:
        """Give up an index that is being built, if there is one."""

    def drift(self) -> Iterator[Drift]:
        """What differs between SearchDocument rows and the live index (presence, fingerprint)."""

    def check(self) -> None:
        """Raise EngineDown if the engine cannot answer."""
