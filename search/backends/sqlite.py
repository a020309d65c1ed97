"""SQLite's FTS5 over the shared tokens. The index lies in the portal's own database file.

FTS5's tokenizer only parts what stands apart: `ascii` takes every character beyond ASCII for a part
of a word, so that our tokens, joined by spaces, arrive as they are.
"""

from django.db import connection, transaction

from search.analysis import number_tokens, tokens_of
from search.backends.base import (
    BODY,
    NUMBERS,
    TITLE,
    All,
    Any,
    Drift,
    Found,
    Phrase,
    Rebuild,
    Size,
    Weights,
    Without,
)
from search.backends.sql import DOCUMENTS, combinations, rows_of, scope_sql
from search.backends.state import IndexState
from search.documents import SearchDocument

NAME = "sqlite"
#: Nothing has this token: what must match nothing is written so.
NOTHING = '"nothing nothing nothing"'


def table_of(generation):
    """Name of the FTS table of a generation."""
    return f"portal_search_fts_{generation}"


def expression_of(match):
    """A match in FTS5's syntax; every token quoted, so that none is syntax."""
    if isinstance(match, Phrase):
        if not match.tokens:
            return NOTHING
        fields = match.field or f"{TITLE} {BODY}"
        quoted = " ".join(match.tokens).replace('"', "")
        return f'{{{fields}}} : "{quoted}"' + (" *" if match.prefix else "")
    if isinstance(match, All):
        return "(" + " AND ".join(map(expression_of, match.parts)) + ")"
    if isinstance(match, Any):
        return "(" + " OR ".join(map(expression_of, match.parts)) + ")"
    if isinstance(match, Without):
        excluded = " OR ".join(map(expression_of, match.excluded))
        return f"({expression_of(match.match)} NOT ({excluded}))"
    raise TypeError(f"no match: {match!r}")


def numbers_of(document):
    """Tokens by which a document is found by number: 文号 anywhere in it, its own, its 索引号."""
    text = f"{document.title_folded}\n{document.body_folded}"
    own = f"{document.document_number} {document.index_number}"
    return [*number_tokens(text), *number_tokens(own), *tokens_of(own.lower())]


class SqliteEngine:
    """The engine of an installation that has nothing but its database file."""

    name = NAME

    # --- writing ---------------------------------------------------------------------------------

    def write(self, documents):
        """Add or replace documents in the live index and in one being built."""
        documents = list(documents)
        state = self._state()
        with transaction.atomic():
            for generation in filter(None, (state.live, state.building)):
                self._put(generation, documents)

    def erase(self, pks):
        """Forget documents."""
        pks = [(pk,) for pk in pks]
        state = self._state()
        with transaction.atomic(), connection.cursor() as cursor:
            for generation in filter(None, (state.live, state.building)):
                self._make(generation)
                cursor.executemany(f"DELETE FROM {table_of(generation)} WHERE rowid = %s", pks)

    def _put(self, generation, documents):
        self._make(generation)
        table = table_of(generation)
        rows = [
            (
                document.pk,
                " ".join(tokens_of(document.title_folded)),
                " ".join(tokens_of(document.body_folded)),
                " ".join(numbers_of(document)),
                document.fingerprint,
            )
            for document in documents
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {table} WHERE rowid = %s", [(document.pk,) for document in documents]
            )
            cursor.executemany(
                f"INSERT INTO {table} (rowid, title, body, numbers, fingerprint)"
                " VALUES (%s, %s, %s, %s, %s)",
                rows,
            )

    def _make(self, generation):
        table = table_of(generation)
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5"
                "(title, body, numbers, fingerprint UNINDEXED, tokenize = 'ascii')"
            )
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_terms USING fts5vocab({table}, 'row')"
            )

    def _state(self):
        return IndexState.objects.filter(pk=NAME).first() or IndexState(engine=NAME)

    def _live(self):
        generation = self._state().live
        self._make(generation)
        return table_of(generation)

    # --- asking ----------------------------------------------------------------------------------

    def find(self, match, scope, limit, weights=None):
        """The best documents by bm25, best first."""
        weights = weights or Weights()
        table = self._live()
        condition, values = scope_sql(scope)
        sql = (
            f"SELECT f.rowid, bm25({table}, %s, %s, %s, 0) AS score FROM {table} f"
            f" JOIN {DOCUMENTS} d ON d.id = f.rowid WHERE {table} MATCH %s AND {condition}"
            " ORDER BY score, f.rowid LIMIT %s"
        )
        scores = (weights.title, weights.body, weights.numbers)
        found = rows_of(sql, [*scores, expression_of(match), *values, limit])
        return [Found(pk, -score) for pk, score in found]

    def newest(self, match, scope, start, limit, oldest_first=False):
        """Documents by date; those without one last."""
        found, condition, values = self._matching(match, scope)
        way = "ASC" if oldest_first else "DESC"
        sql = (
            f"SELECT d.id FROM {found} WHERE {condition}"
            f" ORDER BY d.date IS NULL, d.date {way}, d.id DESC LIMIT %s OFFSET %s"
        )
        return [pk for (pk,) in rows_of(sql, [*values, limit, start])]

    def tally(self, match, scope):
        """All documents that match, counted by facets."""
        return combinations(*self._matching(match, scope))

    def _matching(self, match, scope):
        condition, values = scope_sql(scope)
        if match is None:
            return f"{DOCUMENTS} d", condition, values
        table = self._live()
        if isinstance(match, Without) and match.match is None:
            excluded = expression_of(Any(match.excluded))
            condition += f" AND d.id NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)"
            return f"{DOCUMENTS} d", condition, [*values, excluded]
        found = f"{table} f JOIN {DOCUMENTS} d ON d.id = f.rowid"
        return found, f"{table} MATCH %s AND {condition}", [expression_of(match), *values]

    def frequencies(self, tokens):
        """Token -> (documents, occurrences), numbers included."""
        tokens = list(dict.fromkeys(tokens))
        table = self._live()
        found = {}
        for start in range(0, len(tokens), 500):
            part = tokens[start : start + 500]
            marks = ", ".join(["%s"] * len(part))
            sql = f"SELECT term, doc, cnt FROM {table}_terms WHERE term IN ({marks})"
            found |= {term: (documents, count) for term, documents, count in rows_of(sql, part)}
        return found

    def size(self):
        """Documents and tokens of the live index."""
        ((documents, tokens),) = rows_of(
            f"SELECT count(*), coalesce(sum(length), 0) FROM {DOCUMENTS} WHERE NOT hidden"
        )
        return Size(documents, tokens)

    # --- building anew ---------------------------------------------------------------------------

    def begin_rebuild(self):
        """Begin, or go on with, an index beside the live one."""
        state, _new = IndexState.objects.get_or_create(engine=NAME)
        if not state.building:
            state.building = "b" if state.live == "a" else "a"
            state.done = state.written = 0
            self._drop(state.building)
            self._make(state.building)
            state.save()
        return Rebuild(state.building, state.done, state.written)

    def write_rebuild(self, rebuild, documents):
        """Add documents in bulk; how far it got is kept with them."""
        documents = list(documents)
        if not documents:
            return
        with transaction.atomic():
            self._put(rebuild.generation, documents)
            rebuild.done = documents[-1].pk
            rebuild.written += len(documents)
            IndexState.objects.filter(pk=NAME).update(done=rebuild.done, written=rebuild.written)

    def finish_rebuild(self, rebuild):
        """Put it in the live one's place."""
        state = self._state()
        with connection.cursor() as cursor:
            table = table_of(rebuild.generation)
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        with transaction.atomic():
            old, state.live, state.building = state.live, rebuild.generation, ""
            state.save()
            self._drop(old)

    def drop_rebuild(self):
        """Give up an index that is being built."""
        state = self._state()
        if state.building:
            self._drop(state.building)
            state.building = ""
            state.save()

    def _drop(self, generation):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {table_of(generation)}_terms")
            cursor.execute(f"DROP TABLE IF EXISTS {table_of(generation)}")

    def drift(self):
        """What differs between the documents and the index."""
        table = self._live()
        indexed = dict(rows_of(f"SELECT rowid, fingerprint FROM {table}"))
        for pk, fingerprint in SearchDocument.objects.values_list("pk", "fingerprint").iterator():
            kept = indexed.pop(pk, None)
            if kept is None:
                yield Drift(pk, "missing")
            elif kept != fingerprint:
                yield Drift(pk, "changed")
        for pk in indexed:
            yield Drift(pk, "extra")

    def check(self):
        """Raise EngineDown if FTS5 cannot answer."""
        self._live()


__all__ = ["NUMBERS", "SqliteEngine", "expression_of"]
