"""How well a document answers: the same sum for every engine, each part of it can be shown.

Weights are those of the findings, not fitted: on either half of the evaluation queries nothing is
left to gain, and half, double or none of any one of the first five changes no figure. What puts
documents in order there are the stages; no weight is worth more than the stage of a document.
"""

from dataclasses import dataclass
from datetime import date
from math import exp

from search.analysis import phrase_of

#: Points for the share of the query's weight that the title has; squared, so that all counts most.
TITLE_SHARE = 14.0
#: Points for the query standing in the title as it is, and for the share of the title that it is.
IN_TITLE, OF_TITLE = 15.0, 10.0
#: How soon more occurrences count less (BM25's k1), and how much length matters (its b).
SATURATION, LENGTH = 1.2, 0.75
#: Points for news of today, falling by the year; for what is no longer in force.
NEW, REPEALED = 2.0, -6.0
TIMELY = frozenset({"news", "article", "notice", "picture", "republication", "micropost"})
#: Columns and data sets are where things are, not the things; a column may be asked for by name.
PLACES, NAMED, PLACE = frozenset({"column", "dataset"}), "column", -15.0
NO_LONGER = frozenset({"repealed", "expired", "invalid"})


@dataclass(frozen=True)
class Words:
    """The words of a query with their weights, and the parts as they were typed."""

    weights: dict
    parts: tuple[str, ...]

    @classmethod
    def of(cls, matcher, statistics):
        """The words of a matcher's query; asks the engine once for what is not known."""
        words = [word for part in matcher.free for word in matcher.words_of(part)]
        words += [part.text for part in matcher.exact]
        words = list(dict.fromkeys(words))
        statistics.learn(token for word in words for token in phrase_of(word)[0])
        weights = {word: statistics.idf(statistics.word(word)[0]) for word in words}
        return cls(weights, tuple(part.text for part in (*matcher.free, *matcher.exact)))


def score(document, words, average, vocabulary, today=None):
    """(points, part -> points) of a document for the words of a query.

    `average`: tokens of an average document.
    """
    title, body = document.title_folded, document.body_folded
    total = sum(words.weights.values()) or 1.0
    share = sum(weight for word, weight in words.weights.items() if word in title) / total
    why = {"title": TITLE_SHARE * share * share}
    if words.parts and all(part in title for part in words.parts):
        length = sum(map(len, words.parts))
        why["in_title"] = IN_TITLE + OF_TITLE * min(1.0, length / max(len(title), 1))
    norm = SATURATION * (1 - LENGTH + LENGTH * max(document.length, 1) / max(average, 1))
    text = 0.0
    for word, weight in words.weights.items():
        if occurs := body.count(word) + 2 * title.count(word):
            text += weight * occurs * (SATURATION + 1) / (occurs + norm)
    why["text"] = text
    if document.kind in TIMELY and document.date:
        age = ((today or date.today()) - document.date).days  # noqa: DTZ011  a day more or less
        why["new"] = NEW * exp(-max(age, 0) / 365)
    if document.kind in PLACES and not (document.kind == NAMED and title in words.parts):
        why["place"] = PLACE
    if document.validity in NO_LONGER:
        why["repealed"] = REPEALED
    if boost := document.boost + vocabulary.boosts.get(document.column_id, 0.0):
        why["boost"] = boost
    return sum(why.values()), why
