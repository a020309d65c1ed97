"""Matches and scopes in Elasticsearch's query language; tokens are values there, never syntax."""

from search.backends.base import BODY, NUMBERS, TITLE, All, Any, Phrase, Without, phrases_of
from search.backends.sql import COLUMNS, harmless
from search.backends.stretches import stretch_of
from search.documents import SearchDocument

#: Beginnings of tokens that the last token of a phrase may stand for.
BEGINNINGS = 1000
#: Documents hidden since the index was told; more are left to it (they wait for seconds).
HIDDEN = 5000
#: Characters that the analyser is asked for, at most.
LONGEST = 500
#: Field of the texts as the operator's own analyser takes them apart.
PLAIN = "plain"


def phrase_query(phrase, field, boost):
    """A phrase in one field."""
    tokens = [harmless(token) for token in phrase.tokens]
    last = tokens[-1]
    if len(tokens) == 1:
        kind = "prefix" if phrase.prefix else "term"
        return {kind: {field: {"value": last, "boost": boost}}}
    words = {"query": " ".join(tokens), "boost": boost}
    if phrase.prefix:
        return {"match_phrase_prefix": {field: {**words, "max_expansions": BEGINNINGS}}}
    return {"match_phrase": {field: words}}


def query_of(match, weights):
    """A match as a query."""
    if match is None:
        return {"match_all": {}}
    if isinstance(match, Phrase):
        if not match.tokens:
            return {"match_none": {}}
        fields = [match.field] if match.field else [TITLE, BODY]
        queries = [phrase_query(match, each, getattr(weights, each)) for each in fields]
        return {"dis_max": {"queries": queries, "tie_breaker": 0.3}}
    if isinstance(match, All):
        return {"bool": {"must": [query_of(part, weights) for part in match.parts]}}
    if isinstance(match, Any):
        parts = [query_of(part, weights) for part in match.parts]
        return {"bool": {"should": parts, "minimum_should_match": 1}}
    if isinstance(match, Without):
        excluded = [query_of(part, weights) for part in match.excluded]
        return {"bool": {"must": [query_of(match.match, weights)], "must_not": excluded}}
    raise TypeError(f"no match: {match!r}")


def words_query(match):
    """[what a match asks for, as text for the operator's own analyser], or nothing."""
    phrases = [each for each in phrases_of(match) if each.field != NUMBERS] if match else []
    stretches = [stretch for each in phrases if (stretch := stretch_of(each))]
    text = " ".join(dict.fromkeys(stretch.strip() for stretch in stretches))
    return [{"match": {PLAIN: {"query": text[:LONGEST]}}}] if text else []


def filters_of(scope):
    """(what must hold, what must not) of a scope. What is hidden is not found at once."""
    wanted = [{"terms": {COLUMNS[n]: list(v)}} for n in COLUMNS if (v := getattr(scope, n))]
    if scope.audience == "public":
        wanted.append({"term": {"audience": "public"}})
    dates = {"gte": scope.since, "lte": scope.until}
    if dates := {name: day.isoformat() for name, day in dates.items() if day}:
        wanted.append({"range": {"date": dates}})
    hidden = SearchDocument.objects.filter(hidden=True).values_list("pk", flat=True)[:HIDDEN]
    return wanted, [{"ids": {"values": [str(pk) for pk in hidden]}}]
