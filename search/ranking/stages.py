"""Stages: first what has the words as they stand, then all words, and only then some of them.

A later stage is asked only while too little was found, and never comes above an earlier one.
"""

from dataclasses import dataclass, field

from search.backends.base import TITLE
from search.ranking.candidates import candidates
from search.ranking.matching import Matcher
from search.ranking.questions import CANDIDATES, WEIGHTS, Question
from search.ranking.scoring import Words, score
from search.ranking.statistics import Statistics

#: Candidates that an engine is asked for in each stage.
STRICT, WORDS, SOME = 40, 40, 60
#: Documents with the words as they stand that are all weighed, no engine choosing among them.
FEW = 80
#: While fewer have been found, the next stage is asked too.
ENOUGH = 10


@dataclass
class Ranked:
    """Documents in order; `match` finds them all, for counting and for going on beyond `order`."""

    order: list = field(default_factory=list)  # (candidate, points, why)
    match: object = None
    relaxed: bool = False  # none had all words; these have some
    approximate: bool = False  # `match` finds more than what was asked for
    complete: bool = False  # `order` holds all that `match` finds


def rank(query, scope, engine, vocabulary):
    """The best documents for a query."""
    statistics = Statistics(engine)
    matcher = Matcher(query, vocabulary)
    staged = _Stages(query, scope, engine, vocabulary, statistics, matcher)
    if query.pasted:
        return staged.pasted()
    if query.question and not matcher.exact and (found := staged.question()).order:
        return found
    found = staged.words()
    if query.question and not found.order:
        # It quotes what no document has: rather what speaks of the same than nothing, and say so.
        found = staged.question()
        found.relaxed = bool(found.order)
    return found


class _Stages:
    """One query on its way through the stages."""

    def __init__(self, query, scope, engine, vocabulary, statistics, matcher):
        self.query, self.scope, self.engine = query, scope, engine
        self.vocabulary, self.statistics, self.matcher = vocabulary, statistics, matcher

    def words(self):
        """What has the words: as they stand, all of them, some of them."""
        strict, loose = self.matcher.strict(), None
        if strict is None:
            return Ranked()
        found, complete = self._strictly(strict)
        ranked = Ranked(self._weighed(found, "strict"), strict, complete=complete)
        if len(ranked.order) < ENOUGH and (loose := self.matcher.words()):
            found = self._found(loose, WORDS)
            ranked.match, ranked.complete = loose, len(found) < WORDS
            found -= {each.pk for each, *_rest in ranked.order}
            ranked.order += self._weighed(found, "words")
        if not ranked.order and (some := self.matcher.some(self.statistics)):
            found = self._found(some, SOME)
            order = Question(self.query, self.vocabulary, self.statistics).order(candidates(found))
            ranked = Ranked(order, some, relaxed=bool(order), approximate=True)
            ranked.complete = len(found) < SOME
        return ranked

    def question(self):
        """What speaks of the same; before it, what has the very words of the question."""
        asked = Question(self.query, self.vocabulary, self.statistics)
        match = self._limited(asked.match())
        if match is None:
            return Ranked()
        verbatim = self.engine.find(self.matcher.strict(), self.scope, ENOUGH)
        first = self._weighed({found.pk for found in verbatim}, "strict")
        known = {each.pk for each, *_rest in first}
        pks = [f.pk for f in self.engine.find(match, self.scope, CANDIDATES, WEIGHTS)]
        order = asked.order(candidates([pk for pk in pks if pk not in known]))
        return Ranked(first + order, match, approximate=True)

    def pasted(self):
        """A piece of a text: the documents that share most with it."""
        asked = Question(self.query, self.vocabulary, self.statistics)
        match = self._limited(asked.match())
        if match is None:
            return Ranked()
        pks = [found.pk for found in self.engine.find(match, self.scope, CANDIDATES)]
        order = sorted(
            ((each, *asked.shared(each)) for each in candidates(pks)),
            key=lambda found: (-found[1], found[0].pk),
        )
        return Ranked(order, match, approximate=True)

    def _limited(self, match):
        """A match of the ranker within what is excluded or numbered besides."""
        return self.matcher.limited(match) if match else None

    def _strictly(self, strict):
        """(candidates with the words as they stand, whether these are all there are).

        Those with them in the title are among them. An engine scores every find to name the best:
        it is spared the texts where enough have the words in the title, for none comes before
        those, and the scoring where few have them at all.
        """
        titled = self._found(self.matcher.strict(TITLE), STRICT)
        if len(titled) == STRICT:
            return titled, False
        few = self.engine.few(strict, self.scope, FEW)
        if few is None:
            return titled | self._found(strict, STRICT), False
        return titled.union(few), True

    def _found(self, match, limit):
        return {found.pk for found in self.engine.find(match, self.scope, limit)}

    def _weighed(self, pks, stage):
        found = candidates(pks)
        if not found:
            return []
        words = Words.of(self.matcher, self.statistics)
        average = self.statistics.size.tokens / max(self.statistics.size.documents, 1)
        order = []
        for each in found:
            points, why = score(each, words, average, self.vocabulary)
            order.append((each, points, {"stage": stage, **why}))
        return sorted(order, key=_better)


def _better(found):
    """More points first; then the newer one."""
    document, points, _why = found
    return -points, -(document.date.toordinal() if document.date else 0), document.pk
