"""What editors teach the search: synonyms, dictionary, stop-words, recommended results.

Read at query time only: nothing here needs a new index. A request costs one small query, which
asks whether anything has changed; all else is kept in the process.
"""

import secrets
from dataclasses import dataclass, field

from django.db import connection
from django.db.models.signals import post_delete, post_save

from page_types.publication.models import Counter
from page_types.publication.snapshot import snapshot
from search.standard_words import STOP_WORDS
from search.vocabulary_models import (
    ColumnBoost,
    DictionaryWord,
    HiddenQuery,
    PinnedResult,
    StopWord,
    Synonym,
    folded,
    words_in,
)

#: The counter whose value is no count but changes, at random, with any change (`touch`).
COUNTER = "search/vocabulary"
#: Names of columns and departments that are words. A longer one is a phrase: taken for one word,
#: its parts would no longer be found apart.
NAME_LENGTHS = range(2, 7)

_kept = {}


@dataclass(frozen=True)
class Vocabulary:
    """All of it at one moment, everything folded (`analysis.fold`).

    `synonyms`: word -> tuple of words that mean the same (both ways, without itself).
    `words`: the bureau's own words, which the dictionary would cut apart.
    `stop_words`: left out of questions and of 'any word', never out of a phrase.
    `pins`: folded query -> tuple of (source, object_id), first one first.
    `boosts`: column id -> what is added to the score.
    `hidden`: what has one of these in it is no popular query.
    `version`: changes with any change, for caches.
    """

    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    pins: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    boosts: dict[int, float] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    version: str = ""


def vocabulary():
    """The vocabulary in force; one query while nothing has changed."""
    alias, version = connection.settings_dict["NAME"], _version()
    kept = _kept.get(alias)
    if kept is None or kept.version != version:
        kept = _kept[alias] = _read(version)
    return kept


def touch(**kwargs):
    """The vocabulary is read anew from now on; also a receiver of signals.

    A random token rather than a count: a rolled-back transaction restores the token together with
    what it stood for.
    """
    Counter.objects.update_or_create(pk=COUNTER, defaults={"value": secrets.randbits(62)})


def connect():
    """Called once, when the room is ready: every change of a row is a change of the vocabulary."""
    for model in (Synonym, DictionaryWord, StopWord, HiddenQuery, PinnedResult, ColumnBoost):
        post_save.connect(touch, sender=model, dispatch_uid=f"vocabulary_{model.__name__}")
        post_delete.connect(touch, sender=model, dispatch_uid=f"vocabulary_{model.__name__}")


def _version():
    """Of the entries and of the columns, whose names are words too; in one query."""
    tokens = dict(
        Counter.objects.filter(pk__in=[COUNTER, Counter.COLUMNS]).values_list("pk", "value")
    )
    return f"{tokens.get(COUNTER, 0):x}-{tokens.get(Counter.COLUMNS, 0):x}"


def _read(version):
    synonyms = _synonyms()
    stops = dict(StopWord.objects.values_list("key", "stops"))
    kept = {word for word, is_stop in stops.items() if not is_stop}
    return Vocabulary(
        synonyms=synonyms,
        words=frozenset(
            {*DictionaryWord.objects.values_list("key", flat=True), *synonyms, *_names()}
        ),
        stop_words=frozenset((STOP_WORDS | stops.keys()) - kept),
        pins=_pins(),
        boosts={
            column: float(points)
            for column, points in ColumnBoost.objects.values_list("column_id", "points")
        },
        hidden=frozenset(HiddenQuery.objects.values_list("key", flat=True)),
        version=version,
    )


def _synonyms():
    """Word -> its synonyms, in the order in which they were entered."""
    found = {}
    for text in Synonym.objects.filter(active=True).order_by("pk").values_list("words", flat=True):
        group = [folded(word) for word in words_in(text)]
        for word in group:
            others = [*found.get(word, ()), *(other for other in group if other != word)]
            found[word] = tuple(dict.fromkeys(others))
    return found


def _names():
    """Names of columns and departments that are words."""
    site = snapshot()
    names = [*(node.title for node in site.by_id.values() if node.public), *site.departments]
    return {word for word in map(folded, names) if len(word) in NAME_LENGTHS and " " not in word}


def _pins():
    found = {}
    for pin in PinnedResult.objects.order_by("query", "position", "pk"):
        found.setdefault(pin.query, []).append((pin.source, pin.object_id))
    return {query: tuple(pins) for query, pins in found.items()}
