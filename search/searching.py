"""`search()`: from what somebody typed to one page of results."""

from dataclasses import replace
from datetime import date
from time import perf_counter

from search.answers import Answer, Hit
from search.backends import engine
from search.backends.base import EngineDown, Scope
from search.documents import SearchDocument
from search.highlight import marks_in, passage_of
from search.narrowing import NOBODY, narrowed, with_all_below
from search.query import parse
from search.ranking import Ranked, rank
from search.ranking.matching import Matcher
from search.spelling import correct
from search.visibility import visible
from search.vocabulary import vocabulary
from search.vocabulary_models import folded

RELEVANCE, DATE = "relevance", "date"
#: Filters of an address -> field of Scope, and what their values are.
FILTERS = {
    "source": ("sources", str), "kind": ("kinds", str), "column": ("columns", int),
    "department": ("departments", int), "year": ("years", int),
    "validity": ("validities", str), "format": ("formats", str),
}  # fmt: skip
FACETS = ("kind", "column", "department", "year", "validity", "format")
#: Results of the database's own search when the engine is down.
FALLBACK = 50


def search(
    text, *, audience="public", filters=None, order=RELEVANCE, page=1, per_page=10, counts=True
):
    """The Answer to what somebody typed; any text gives one.

    `filters`: name -> values (FILTERS, and `since`, `until` as ISO days); what is no value of a
    filter is left aside. Values of one filter are 'or', filters are 'and'. `counts`: whether facets
    and the total are wanted.
    """
    began = perf_counter()
    query = parse(text)
    base = narrowed(Scope(audience=audience), query)
    asked = _Asked(query, base, chosen_of(base, filters or {}), vocabulary())
    answer = Answer(query, page=max(1, page))
    try:
        asked.answer(answer, order, per_page, counts)
    except EngineDown:
        asked.without_engine(answer, per_page)
    answer.timings["all"] = round(1000 * (perf_counter() - began), 1)
    return answer


def chosen_of(scope, filters):
    """The scope narrowed by filters of an address."""
    wanted = {}
    for name, (field, kind) in FILTERS.items():
        values = dict.fromkeys(_value(kind, text) for text in filters.get(name, ()))
        values.pop(None, None)
        if name == "column":
            values = dict.fromkeys(with_all_below(values))
        if values:
            typed = getattr(scope, field)
            wanted[field] = tuple(v for v in values if not typed or v in typed) or NOBODY
    for name in ("since", "until"):
        if day := _value(date.fromisoformat, *filters.get(name, [""])[:1]):
            wanted[name] = day
    return replace(scope, **wanted)


def _value(kind, text):
    """None for what is no value of the kind, or a number greater than any that is kept."""
    try:
        value = kind(text)
    except (ValueError, OverflowError):
        return None
    return None if kind is int and not 0 <= value < 2**31 else value


class _Asked:
    """One query being answered. `base` is narrowed by what was typed, `scope` by facets too."""

    def __init__(self, query, base, scope, known):
        self.query, self.base, self.scope, self.vocabulary = query, base, scope, known
        self.matcher = Matcher(query, known)

    def answer(self, answer, order, per_page, counts):
        """Fill the answer from the engine."""
        asked = engine().reading()
        answer.engine = asked.name
        narrows = self.query.narrows or self.scope != Scope(audience=self.scope.audience)
        if not self.query.asks and not narrows:
            return
        if self.query.asks:
            ranked = rank(self.query, self.scope, asked, self.vocabulary)
        else:
            ranked, order = Ranked(match=self.matcher.strict()), DATE
        answer.relaxed, answer.approximate = ranked.relaxed, ranked.approximate
        answer.also_searched = self.matcher.taken_synonyms()
        # A whole sentence stands in no title; a dozen attempts to find it would be for nothing.
        sentence = self.query.question and ranked.order
        if self.query.asks and answer.page == 1 and not sentence:
            answer.did_you_mean = correct(self.query, ranked, asked, self.base, self.vocabulary)
        if self.query.asks and ranked.match is None:
            return
        if counts:
            # Days and sources are no facets: they narrow what is counted.
            unfaceted = ("since", "until", "sources")
            chosen = {name: getattr(self.scope, name) for name in unfaceted}
            answer.combinations = asked.tally(ranked.match, replace(self.base, **chosen))
            facets = chosen_facets(self.scope)
            answer.total = sum(c.count for c in answer.combinations if within(c, facets))
        start = (answer.page - 1) * per_page
        if order == DATE:
            pks = asked.newest(ranked.match, self.scope, start, per_page)
            answer.hits = self._hits([(pk, 0.0, {}) for pk in pks])
        else:
            answer.hits = self._best(asked, ranked, start, per_page)
        answer.pages = max(1, -(-answer.total // per_page))

    def _best(self, asked, ranked, start, per_page):
        """Hits in order of relevance: those that were weighed, then the engine's order."""
        pinned = self._pinned()
        shown = {each.pk for each in pinned}
        weighed = [found for found in ranked.order if found[0].pk not in shown]
        order = [(each.pk, 0.0, {"pinned": 1}) for each in pinned]
        order += [(each.pk, points, why) for each, points, why in weighed]
        if start + per_page > len(order) and not ranked.complete:
            known = {pk for pk, *_rest in order}
            further = asked.find(ranked.match, self.scope, start + per_page + len(known))
            order += [(each.pk, each.score, {}) for each in further if each.pk not in known]
        hits = self._hits(order[start : start + per_page])
        for hit in hits:
            hit.pinned = hit.document.pk in shown
        return hits

    def _pinned(self):
        """What the office recommends for exactly this query, within the scope."""
        wanted = self.vocabulary.pins.get(folded(self.query.raw), ())
        if not wanted:
            return []
        found = SearchDocument.objects.filter(
            object_id__in=[object_id for _source, object_id in wanted],
            hidden=False,
            audience="public",
        )
        pinned = {(each.source, each.object_id): each for each in found}
        in_order = [pinned[pin] for pin in wanted if pin in pinned]
        shown = [each for each in in_order if in_scope(each, self.scope)]
        return visible(shown, self.scope.audience)

    def _hits(self, order):
        """The documents as visitors see them, with their passages."""
        documents = SearchDocument.objects.defer("title_folded", "body_folded").in_bulk(
            [pk for pk, *_rest in order]
        )
        words = self._words()
        shown = {each.pk: each for each in visible(documents.values(), self.scope.audience)}
        hits = []
        for pk, points, why in order:
            if document := shown.get(pk):
                text = f"{document.summary}\n{document.body}".strip()
                passage, marks = passage_of(text, words)
                title = marks_in(document.title, words)
                hits.append(Hit(document, points, title, passage, marks, why=why))
        return hits

    def _words(self):
        """What is marked, with its weight: parts as typed before single words, synonyms too."""
        words = {}
        for part in self.matcher.free:
            for word in self.matcher.words_of(part):
                if word not in self.vocabulary.stop_words or len(self.matcher.free) == 1:
                    words.setdefault(word, float(len(word)))
            words[part.text] = 2.0 * len(part.text)
        words |= {part.text: 3.0 * len(part.text) for part in self.matcher.exact}
        words |= {word: float(len(word)) for word in self.matcher.taken_synonyms()}
        return {word: weight for word, weight in words.items() if word.strip()}

    def without_engine(self, answer, per_page):
        """What the database finds in titles while the engine is down; no facets, one page."""
        answer.down, answer.page = True, 1
        found = SearchDocument.objects.filter(hidden=False, audience="public")
        for part in self.query.parts:
            found = found.filter(title_folded__contains=part.text)
        if self.query.parts:
            pks = found.order_by("-date", "-pk").values_list("pk", flat=True)[:FALLBACK]
            answer.hits = self._hits([(pk, 0.0, {}) for pk in pks])[:per_page]
            answer.total = len(answer.hits)


def chosen_facets(scope):
    """[(facet, its values)] of the facets that narrow a scope."""
    facets = {name: getattr(scope, FILTERS[name][0]) for name in FACETS}
    return [(name, frozenset(values)) for name, values in facets.items() if values]


def within(each, facets):
    """Whether a combination, or a document, has one of the values of each of the chosen facets."""
    return all(_facet(each, name) in values for name, values in facets)


def _facet(each, name):
    """A document names its column and department by number."""
    return getattr(each, f"{name}_id" if hasattr(each, f"{name}_id") else name)


def in_scope(document, scope):
    """Whether a document is within a scope."""
    if not within(document, chosen_facets(scope)) or (
        scope.sources and document.source not in scope.sources
    ):
        return False
    if scope.since and not (document.date and document.date >= scope.since):
        return False
    return not scope.until or bool(document.date and document.date <= scope.until)
