"""Elasticsearch over the shared tokens: a `whitespace` analyser takes them apart, no plugin needed.

Only what every distribution has is used (bulk, term, match_phrase, prefix, composite counts). Where
the operator's nodes have an analyser of Chinese words (PORTAL_ELASTICSEARCH_ANALYZER), an index
made since then keeps the texts by it, too: what matches is decided by our tokens as ever, and what
has the words as words gains in score.
Visitors are asked of the alias; a new index takes the old one's place by one change of it.
"""

from functools import cached_property, wraps

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import BulkIndexError, bulk

from search.analysis import tokens_of
from search.backends.base import (
    BODY,
    NUMBERS,
    TITLE,
    Combination,
    EngineDown,
    Found,
    Size,
    Weights,
)
from search.backends.elastic_queries import PLAIN, filters_of, query_of, words_query
from search.backends.generations import Generations, drift_from
from search.backends.sql import harmless, numbers_of
from search.documents import FACETS

#: Results that can be paged through; beyond it Elasticsearch would gather too much at once.
WINDOW = 500_000
#: Documents, buckets or tokens asked for in one go.
AT_ONCE = 1000
TOKENS_AT_ONCE = 200
#: Seconds until a node that does not answer counts as down.
PATIENCE = 10
#: The same while thousands are written or merged: nobody waits for an answer then.
WRITING_PATIENCE = 300

_WORDS = {"type": "text", "analyzer": "whitespace"}
MAPPING = {
    "dynamic": "strict",
    "_source": {"includes": ["fingerprint"]},
    "properties": {
        TITLE: _WORDS,
        BODY: {**_WORDS, "index_options": "positions"},
        NUMBERS: _WORDS,
        "fingerprint": {"type": "keyword", "index": False, "doc_values": False},
        "pk": {"type": "long"},
        "length": {"type": "integer"},
        "date": {"type": "date", "format": "yyyy-MM-dd"},
        "year": {"type": "integer"},
        "column_id": {"type": "long"},
        "department_id": {"type": "long"},
    }
    | {name: {"type": "keyword"} for name in ("source", "kind", "validity", "format", "audience")},
}
KEPT = ("pk", "length", "fingerprint", "source", "audience", *FACETS)


def guarded(method):
    """Whatever Elasticsearch says when it cannot: EngineDown."""

    @wraps(method)
    def asked(*arguments, **named):
        try:
            return method(*arguments, **named)
        except (ApiError, TransportError, BulkIndexError, ValueError) as problem:
            raise EngineDown(str(problem)) from problem

    return asked


class ElasticEngine(Generations):
    """The engine of an installation that has Elasticsearch 8."""

    name = "elasticsearch"

    @cached_property
    def client(self):
        """Of PORTAL_ELASTICSEARCH_URL; several nodes are parted by commas."""
        nodes = settings.PORTAL_ELASTICSEARCH_URL.split(",")
        return Elasticsearch(nodes, request_timeout=PATIENCE, max_retries=1)

    @property
    def _patient(self):
        return self.client.options(request_timeout=WRITING_PATIENCE)

    # --- indexes ---------------------------------------------------------------------------------

    def table_of(self, generation):
        """Name of the index of a generation."""
        return f"{settings.PORTAL_ELASTICSEARCH_INDEX}-{generation}"

    @property
    def alias(self):
        """What is asked."""
        return settings.PORTAL_ELASTICSEARCH_INDEX

    @guarded
    def make(self, table):
        """Make an empty index."""
        wanted, mapping = {"max_result_window": WINDOW, "number_of_shards": 1}, MAPPING
        if analyzer := settings.PORTAL_ELASTICSEARCH_ANALYZER:
            plain = {PLAIN: {"type": "text", "analyzer": analyzer}}
            mapping = {**MAPPING, "properties": {**MAPPING["properties"], **plain}}
        self.client.indices.create(index=table, mappings=mapping, settings=wanted)

    def _keeps_texts(self, table):
        """Whether an index was made for the analyser: one made before takes no texts."""
        if not settings.PORTAL_ELASTICSEARCH_ANALYZER:
            return False
        found = self.client.indices.get_mapping(index=table)
        return PLAIN in found[table]["mappings"]["properties"]

    @guarded
    def drop(self, table):
        """Drop an index, if there is one."""
        self.client.indices.delete(index=table, ignore_unavailable=True)

    @guarded
    def settle(self, table):
        """Let what was written be found."""
        self._patient.indices.refresh(index=table)

    @guarded
    def swap(self, old, new):
        """Point the alias at the new index, in one step."""
        away = {"remove": {"index": f"{self.alias}-*", "alias": self.alias, "must_exist": False}}
        here = {"add": {"index": new, "alias": self.alias}}
        self.client.indices.update_aliases(actions=[away, here])

    def write(self, documents):
        """Add or replace documents; the first ones make the index."""
        self._ready()
        super().write(documents)
        self._refresh()

    def erase(self, pks):
        """Forget documents."""
        self._ready()
        super().erase(pks)
        self._refresh()

    @guarded
    def _ready(self):
        """The live index is there, whatever became of the node's data."""
        if not self.client.indices.exists_alias(name=self.alias):
            if not self.client.indices.exists(index=self.live()):
                self.make(self.live())
            self.swap("", self.live())

    @guarded
    def _refresh(self):
        self.client.indices.refresh(index=self.alias)

    @guarded
    def put(self, table, documents):
        """Write documents; what has the same pk is replaced."""
        plain = self._keeps_texts(table)
        actions = (
            {"_index": table, "_id": str(document.pk), "_source": _row(document, plain)}
            for document in documents
        )
        bulk(self._patient, actions, chunk_size=AT_ONCE)

    @guarded
    def remove(self, table, pks):
        """Forget documents."""
        actions = [{"_op_type": "delete", "_index": table, "_id": str(pk)} for pk in pks]
        bulk(self._patient, actions, raise_on_error=False)

    # --- asking ----------------------------------------------------------------------------------

    def _ask(self, match, scope, weights=None, should=(), **more):
        wanted, not_wanted = filters_of(scope)
        must = [query_of(match, weights or Weights())]
        query = {"must": must, "filter": wanted, "must_not": not_wanted, "should": list(should)}
        return self.client.search(index=self.alias, query={"bool": query}, source=False, **more)

    @guarded
    def find(self, match, scope, limit, weights=None):
        """The best documents, best first."""
        sort, size = [{"_score": "desc"}, {"pk": "asc"}], min(limit, WINDOW)
        should = words_query(match) if settings.PORTAL_ELASTICSEARCH_ANALYZER else ()
        answer = self._ask(match, scope, weights, should, size=size, sort=sort)
        return [Found(int(hit["_id"]), float(hit["_score"])) for hit in answer["hits"]["hits"]]

    @guarded
    def holds(self, match, scope):
        """Whether any document matches."""
        answer = self._ask(match, scope, size=0, terminate_after=1)
        return bool(answer["hits"]["total"]["value"])

    @guarded
    def few(self, match, scope, most):
        """All documents that match, if they are not more than `most`."""
        answer = self._ask(match, scope, size=most + 1, sort=["_doc"])
        pks = [int(hit["_id"]) for hit in answer["hits"]["hits"]]
        return pks if len(pks) <= most else None

    @guarded
    def newest(self, match, scope, start, limit, oldest_first=False):
        """Documents by date; those without one last."""
        if start >= WINDOW:
            return []
        way = "asc" if oldest_first else "desc"
        sort = [{"date": {"order": way, "missing": "_last"}}, {"pk": "desc"}]
        size = min(limit, WINDOW - start)
        answer = self._ask(match, scope, from_=start, size=size, sort=sort)
        return [int(hit["_id"]) for hit in answer["hits"]["hits"]]

    @guarded
    def tally(self, match, scope):
        """All documents that match, counted by facets."""
        facets = [{n: {"terms": {"field": n, "missing_bucket": True}}} for n in FACETS]
        found, counted = [], {"size": AT_ONCE, "sources": facets}
        while True:
            answer = self._ask(match, scope, size=0, aggs={"facets": {"composite": counted}})
            counts = answer["aggregations"]["facets"]
            for each in counts["buckets"]:
                values = [each["key"][name] for name in FACETS]
                found.append(Combination(*values, each["doc_count"]))
            if len(counts["buckets"]) < AT_ONCE:
                return found
            counted["after"] = counts["after_key"]

    @guarded
    def frequencies(self, tokens):
        """Token -> (documents, the same: several shards could not be asked for more)."""
        tokens, found = list(dict.fromkeys(map(harmless, tokens))), {}
        for start in range(0, len(tokens), TOKENS_AT_ONCE):
            part = tokens[start : start + TOKENS_AT_ONCE]
            filters = [
                {"bool": {"should": [{"term": {f: token}} for f in (TITLE, BODY, NUMBERS)]}}
                for token in part
            ]
            aggs = {"tokens": {"filters": {"filters": filters}}}
            answer = self.client.search(index=self.alias, size=0, aggs=aggs)
            counts = answer["aggregations"]["tokens"]["buckets"]
            for token, each in zip(part, counts, strict=True):
                if number := each["doc_count"]:
                    found[token] = (number, number)
        return found

    @guarded
    def size(self):
        """Documents and tokens of the live index."""
        aggs = {"tokens": {"sum": {"field": "length"}}}
        answer = self.client.search(index=self.alias, size=0, track_total_hits=True, aggs=aggs)
        tokens = int(answer["aggregations"]["tokens"]["value"])
        return Size(answer["hits"]["total"]["value"], tokens)

    def drift(self):
        """What differs between the documents and the index."""
        return drift_from(dict(self._fingerprints()))

    @guarded
    def _fingerprints(self):
        """[(pk, fingerprint)] of all that is in the live index."""
        found, after = [], {}
        while True:
            answer = self.client.search(
                index=self.alias,
                source=["fingerprint"],
                size=AT_ONCE,
                sort=[{"pk": "asc"}],
                **after,
            )
            hits = answer["hits"]["hits"]
            found += [(int(hit["_id"]), hit["_source"]["fingerprint"]) for hit in hits]
            if len(hits) < AT_ONCE:
                return found
            after = {"search_after": hits[-1]["sort"]}

    @guarded
    def check(self):
        """Raise EngineDown if the node or the alias cannot be asked."""
        self.client.search(index=self.alias, size=0)


def _row(document, plain=False):
    row = {name: getattr(document, name) for name in KEPT}
    return row | {
        "date": document.date and document.date.isoformat(),
        TITLE: " ".join(tokens_of(document.title_folded)),
        BODY: " ".join(tokens_of(document.body_folded)),
        NUMBERS: " ".join(numbers_of(document)),
        **({PLAIN: f"{document.title_folded}\n{document.body_folded}"} if plain else {}),
    }
