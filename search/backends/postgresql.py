"""PostgreSQL's text search over the shared tokens: one `tsvector` a part of a document, and GIN.

Title, body and numbers stand in one vector under the weights A, D and C, far enough apart that no
phrase runs from one into the other. A vector keeps no position beyond 16,383, and 256 of one
lexeme (measured: phrases late in long laws were lost): long bodies lie in several rows, each of
which begins with the end of the one before.
"""

from math import log

from django.db import connection, transaction

from search.analysis import tokens_of
from search.backends.ahead import prepared
from search.backends.base import BODY, NUMBERS, TITLE, All, Any, Found, Phrase, Without
from search.backends.sql import (
    DOCUMENTS,
    SqlEngine,
    harmless,
    numbers_of,
    rows_of,
    scope_sql,
)

#: Weight of each field in the vector; None: title or body.
WEIGHTS = {TITLE: "A", NUMBERS: "C", BODY: "D", None: "AD"}
#: Tokens of a part, and how many of them the next part repeats (no phrase asked for is longer).
PART, OVERLAP = 4000, 400
#: Positions between the fields.
GAP = 50


def quoted(token):
    """A token as text search reads it literally."""
    return "'" + harmless(token).replace("\\", "\\\\").replace("'", "''") + "'"


def phrase_query(phrase):
    """A phrase as a tsquery."""
    weights = WEIGHTS[phrase.field]
    last = len(phrase.tokens) - 1
    return " <-> ".join(
        f"{quoted(token)}:{'*' if phrase.prefix and place == last else ''}{weights}"
        for place, token in enumerate(phrase.tokens)
    )


def select_of(match, table):
    """(SELECT of document ids, parameters). What all parts must have may stand in different rows
    of a document, so that 'all' is said of sets of documents, not of one vector.
    """
    if isinstance(match, Phrase):
        if not match.tokens:
            return "SELECT NULL::bigint WHERE false", []
        return f"SELECT document_id FROM {table} WHERE words @@ %s::tsquery", [phrase_query(match)]
    if isinstance(match, Any) and (phrases := simple(match)) is not None:
        together = " | ".join(f"({phrase_query(phrase)})" for phrase in phrases)
        if not together:
            return "SELECT NULL::bigint WHERE false", []
        return f"SELECT document_id FROM {table} WHERE words @@ %s::tsquery", [together]
    if isinstance(match, (All, Any)):
        word = "INTERSECT" if isinstance(match, All) else "UNION"
        selects, values = [], []
        for part in match.parts:
            select, own = select_of(part, table)
            selects.append(f"({select})")
            values += own
        return f" {word} ".join(selects), values
    if isinstance(match, Without):
        base = f"SELECT id FROM {DOCUMENTS}", []
        select, values = select_of(match.match, table) if match.match else base
        excluded, more = select_of(Any(match.excluded), table)
        return f"({select}) EXCEPT ({excluded})", [*values, *more]
    raise TypeError(f"no match: {match!r}")


def simple(match):
    """The phrases of an 'any' of phrases; None if it has other parts."""
    phrases = []
    for part in match.parts:
        if isinstance(part, Phrase):
            phrases += [part] if part.tokens else []
        elif isinstance(part, Any) and (inner := simple(part)) is not None:
            phrases += inner
        else:
            return None
    return phrases


def phrases_of(match):
    """Every phrase that is wanted anywhere in a match."""
    if isinstance(match, Phrase):
        return [match] if match.tokens else []
    if isinstance(match, Without):
        return phrases_of(match.match) if match.match else []
    return [phrase for part in match.parts for phrase in phrases_of(part)]


def vectors_of(document):
    """The vectors of a document's parts, as text."""
    title, body = tokens_of(document.title_folded), tokens_of(document.body_folded)
    numbers = numbers_of(document)
    step = PART - OVERLAP
    for part, start in enumerate(range(0, max(len(body) - OVERLAP, 1), step)):
        lexemes = {}
        place = 1
        for tokens, weight in ((title, "A"), (numbers, "C")) if part == 0 else ():
            for token in tokens[:PART]:
                lexemes.setdefault(token, []).append(f"{place}{weight}")
                place += 1
            place += GAP
        for token in body[start : start + PART]:
            lexemes.setdefault(token, []).append(f"{place}D")
            place += 1
        yield part, " ".join(f"{quoted(t)}:{','.join(where)}" for t, where in lexemes.items())


class PostgresqlEngine(SqlEngine):
    """The engine of an installation on PostgreSQL."""

    name, id_column = "postgresql", "document_id"

    # --- tables ----------------------------------------------------------------------------------

    def table_of(self, generation):
        """Name of the table of a generation."""
        return f"portal_search_words_{generation}"

    def make(self, table):
        """Make an empty index."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (document_id bigint NOT NULL,"
                " part int NOT NULL, words tsvector NOT NULL, fingerprint varchar(64) NOT NULL,"
                " PRIMARY KEY (document_id, part))"
            )
        self._index(table)
        super().make(table)

    def _index(self, table, way=""):
        """Index what is there; what is left of an attempt cut short is no index."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {table}_gin")
            cursor.execute(f"CREATE INDEX {way} {table}_gin ON {table} USING gin (words)")

    def drop(self, table):
        """Drop an index, if there is one."""
        super().drop(table)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")

    def hurry(self, table):
        """An index over all that was written is made many times faster than bit by bit."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {table}_gin")

    def settle(self, table):
        """Index what was written, and tell the planner of it."""
        # Concurrently, for others write meanwhile; which cannot be had within a transaction.
        self._index(table, "" if connection.in_atomic_block else "CONCURRENTLY")
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")
        super().settle(table)

    def put(self, table, documents):
        """Write documents that are not there."""
        with connection.cursor() as cursor:
            for rows in prepared(_rows_for, documents):
                one = ", ".join(["(%s, %s, %s::tsvector, %s)"] * len(rows))
                values = [value for row in rows for value in row]
                cursor.execute(
                    f"INSERT INTO {table} (document_id, part, words, fingerprint) VALUES {one}",
                    values,
                )

    def remove(self, table, pks):
        """Forget documents."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE document_id = ANY(%s)", [list(pks)])

    # --- asking ----------------------------------------------------------------------------------

    def find(self, match, scope, limit, weights=None):
        """The best documents: what has more, and rarer, of the phrases; then by closeness."""
        table = self.live()
        phrases = phrases_of(match)
        if isinstance(match, Any) and len(phrases) > 1 and simple(match) is not None:
            return self._most(phrases, scope, limit, table)
        select, values = select_of(match, table)
        condition, narrowed = scope_sql(scope)
        every = " | ".join(f"({phrase_query(phrase)})" for phrase in phrases)
        sql = (
            f"WITH found (document_id) AS ({select})"
            " SELECT d.id, max(ts_rank(w.words, %s::tsquery, 1)) AS score"
            f" FROM found f JOIN {DOCUMENTS} d ON d.id = f.document_id"
            f" JOIN {table} w ON w.document_id = d.id WHERE {condition}"
            " GROUP BY d.id ORDER BY score DESC, d.id LIMIT %s"
        )
        if isinstance(match, Without) and match.match is None:
            return [Found(pk, 0.0) for pk in self.newest(match, scope, 0, limit)]
        return [Found(*row) for row in self._rows(sql, [*values, every, *narrowed, limit])]

    def _most(self, phrases, scope, limit, table):
        """By the summed weight of the phrases a document has: a rare one says more."""
        known = self.frequencies([token for phrase in phrases for token in phrase.tokens])
        documents = max(self.size().documents, 1)
        selects, values = [], []
        for phrase in phrases:
            found = min(known.get(token, (1, 1))[0] for token in phrase.tokens)
            selects.append(
                f"SELECT DISTINCT document_id, %s::float AS points FROM {table}"
                " WHERE words @@ %s::tsquery"
            )
            values += [_idf(documents, found), phrase_query(phrase)]
        condition, narrowed = scope_sql(scope)
        union = " UNION ALL ".join(f"({select})" for select in selects)
        sql = (
            f"SELECT d.id, sum(f.points) / (1 + 0.15 * ln(1 + d.length)) AS score"
            f" FROM ({union}) f JOIN {DOCUMENTS} d ON d.id = f.document_id WHERE {condition}"
            " GROUP BY d.id ORDER BY score DESC, d.id LIMIT %s"
        )
        return [
            Found(pk, float(score)) for pk, score in self._rows(sql, [*values, *narrowed, limit])
        ]

    def newest(self, match, scope, start, limit, oldest_first=False):
        """Documents by date; those without one last."""
        found, condition, values = self._matching(match, scope)
        way = "ASC" if oldest_first else "DESC"
        sql = (
            f"SELECT d.id FROM {found} WHERE {condition}"
            f" ORDER BY d.date {way} NULLS LAST, d.id DESC LIMIT %s OFFSET %s"
        )
        return [pk for (pk,) in self._rows(sql, [*values, limit, start])]

    def _matching(self, match, scope):
        condition, values = scope_sql(scope)
        if match is None:
            return f"{DOCUMENTS} d", condition, values
        select, own = select_of(match, self.live())
        return f"{DOCUMENTS} d", f"d.id IN ({select}) AND {condition}", [*own, *values]

    def _count(self, tokens):
        """Documents, and the same: a vector does not say how often without being read."""
        sql = (
            "SELECT asked.token, (SELECT count(DISTINCT document_id)"
            f" FROM {self.live()} WHERE words @@ asked.query::tsquery)"
            " FROM unnest(%s::text[], %s::text[]) AS asked(token, query)"
        )
        rows = self._rows(sql, [tokens, [quoted(token) for token in tokens]])
        return [(token, number, number) for token, number in rows if number]

    def _frequent(self, table, least):
        """By reading every vector; a long document counts once for each of its parts."""
        return rows_of(
            "SELECT word, ndoc, nentry FROM ts_stat(%s) WHERE ndoc >= %s",
            [f"SELECT words FROM {table}", least],
        )

    def _rows(self, sql, values=()):
        """The planner would read a small table whole, unpacking every vector (186 ms against 8)."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
            return rows_of(sql, values)


def _rows_for(documents):
    return [
        (document.pk, part, vector, document.fingerprint)
        for document in documents
        for part, vector in vectors_of(document)
    ]


def _idf(documents, found):
    return log(1 + max(documents - found + 0.5, 0.5) / (found + 0.5))
