"""Questions in people's own words: which documents speak of the same things, however asked.

Query likelihood with Dirichlet smoothing over words and over pairs of characters, each brought to
the same scale and added (findings, lay-questions 6: .62/.52 where BM25 reaches .54/.43). A small
`MU` keeps long documents from winning by their length.
"""

from itertools import accumulate
from math import log

from search.analysis import tokens_of
from search.analysis.tokens import is_cjk, runs_of
from search.backends.base import Any, Phrase, Weights
from search.words import search_words_of, words_of

MU = 100
#: Pairs of characters that look for candidates: the rarest, none in more than a quarter of all.
RAREST, COMMON = 24, 0.25
CANDIDATES = 100
#: Finds that they may have together; the rarest FEWEST are taken whatever they have.
POSTINGS, FEWEST = 20_000, 6
#: For candidates a find in the title counts less than in ordinary queries.
WEIGHTS = Weights(title=2.0, body=1.0, numbers=0.0)


class Question:
    """The words and pairs of a question, ready to find candidates and to weigh them."""

    def __init__(self, query, vocabulary, statistics):
        self.statistics = statistics
        text = " ".join(part.text for part in query.parts)
        stop = vocabulary.stop_words
        self.words = [
            word
            for word in dict.fromkeys(search_words_of(text, vocabulary))
            if word not in stop and len(word) > 1
        ]
        self.pairs = list(dict.fromkeys(_pairs(text, vocabulary)))
        statistics.learn([*self.pairs, *(t for word in self.words for t in tokens_of(word)[:-1])])

    def match(self):
        """Documents that have one of the rarest pairs; None if no document has any."""
        known = [(self.statistics.frequency(pair)[0], pair) for pair in self.pairs]
        known = sorted((documents, pair) for documents, pair in known if documents)
        most = COMMON * max(self.statistics.size.documents, 1)
        rare = [(documents, pair) for documents, pair in known if documents <= most][:RAREST]
        together = accumulate(documents for documents, _pair in rare)
        rare = [
            pair
            for place, ((_documents, pair), finds) in enumerate(zip(rare, together, strict=True))
            if place < FEWEST or finds <= POSTINGS
        ]
        rare = rare or [pair for _documents, pair in known[:3]]
        return Any(tuple(Phrase((pair,)) for pair in rare)) if rare else None

    def order(self, documents):
        """[(document, points, why)], best first."""
        texts = {each.pk: f"{each.title_folded}\n{each.body_folded}" for each in documents}
        words, pairs = self._weighed(self.words), self._weighed(self.pairs)
        by_words = _scaled({each.pk: self._likely(each, texts, words) for each in documents})
        by_pairs = _scaled({each.pk: self._likely(each, texts, pairs) for each in documents})
        ranked = []
        for each in documents:
            why = {"words": by_words[each.pk], "pairs": by_pairs[each.pk]}
            ranked.append((each, sum(why.values()), why))
        return sorted(ranked, key=lambda found: (-found[1], found[0].pk))

    def shared(self, document):
        """(points, why): the weight of the pairs that a document shares with a pasted text."""
        text = f"{document.title_folded}\n{document.body_folded}"
        points = sum(
            self.statistics.idf(self.statistics.frequency(pair)[0])
            for pair in self.pairs
            if pair in text
        )
        return points, {"pairs": points}

    def _weighed(self, terms):
        """Term -> how often it stands in the collection; terms that do not are left out."""
        found = {}
        for term in terms:
            occurs = self.statistics.word(term)[1] if len(term) > 2 else self._occurs(term)
            if occurs:
                found[term] = occurs
        return found

    def _occurs(self, term):
        return self.statistics.frequency(term)[1]

    def _likely(self, document, texts, terms):
        text, length = texts[document.pk], max(document.length, 1)
        total = max(self.statistics.size.tokens, 1)
        points = len(terms) * log(MU / (MU + length))
        for term, occurs in terms.items():
            if times := text.count(term):
                points += log(1 + times / (MU * occurs / total))
        return points


def _pairs(text, vocabulary):
    """Pairs of characters within each run of neighbouring words that are no stop-words."""
    for run in runs_of(text):
        if not is_cjk(run):
            yield run
            continue
        kept = ""
        for word in [*words_of(run, vocabulary), ""]:
            if word and word not in vocabulary.stop_words:
                kept += word
                continue
            yield from tokens_of(kept)[:-1]
            kept = ""


def _scaled(points):
    """Points brought to 0..1 between the last of the best CANDIDATES and the best."""
    if not points:
        return {}
    ordered = sorted(points.values(), reverse=True)
    best, last = ordered[0], ordered[min(CANDIDATES, len(ordered)) - 1]
    width = (best - last) or 1.0
    return {pk: max(0.0, (each - last) / width) for pk, each in points.items()}
