"""What a search answers: hits with their passages, counts, and what was done with the question."""

from dataclasses import dataclass, field


@dataclass
class Hit:
    """One result. Texts are original; `marks` are (start, end) in them."""

    document: object  # SearchDocument, without body_folded
    score: float = 0.0
    title_marks: list = field(default_factory=list)
    passage: str = ""  # the best passage of summary, body or attachment
    passage_marks: list = field(default_factory=list)
    pinned: bool = False
    why: dict = field(default_factory=dict)  # part of the score -> points; for `?explain=1`


@dataclass
class FacetValue:
    """A value of a facet, how many results have it, and whether the asker chose it."""

    value: object
    label: str
    count: int
    chosen: bool = False


@dataclass
class Facet:
    """A facet: `name` is the parameter of the address."""

    name: str
    label: str
    values: list[FacetValue]


@dataclass
class Answer:
    """The answer to one query, one page of it."""

    query: object  # search.query.Query
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    approximate: bool = False  # "约": the relaxed stage counts no set
    page: int = 1
    pages: int = 1
    # Counts by facets of what the words find, before facets were chosen (`facets.py`).
    combinations: list = field(default_factory=list)
    relaxed: bool = False  # nothing had all words; these have some
    also_searched: list[str] = field(default_factory=list)  # synonyms taken
    did_you_mean: str = ""
    engine: str = ""
    down: bool = False  # the engine did not answer; what there is comes from the database
    timings: dict = field(default_factory=dict)  # stage -> ms, for staff
