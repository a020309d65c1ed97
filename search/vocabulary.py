"""What editors teach the search: synonyms, dictionary, stop-words, recommended results.

Read at query time only: nothing here needs a new index.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Vocabulary:
    """All of it at one moment, everything folded (`analysis.fold`).

    `synonyms`: word -> tuple of words that mean the same (both ways, without itself).
    `words`: the bureau's own words, which the dictionary would cut apart.
    `stop_words`: left out of questions and of 'any word', never out of a phrase.
    `pins`: folded query -> tuple of (source, object_id), first one first.
    `boosts`: column id -> what is added to the score.
    `version`: changes with any change, for caches.
    """

    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    pins: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    boosts: dict[int, float] = field(default_factory=dict)
    version: str = ""


def vocabulary():
    """The vocabulary in force."""
    return Vocabulary()
