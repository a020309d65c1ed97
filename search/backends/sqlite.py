"""SQLite's FTS5 over the shared tokens. The index lies in the portal's own database file.

FTS5's tokenizer only parts what stands apart: `ascii` takes every character beyond ASCII for a part
of a word, so that our tokens, joined by spaces, arrive as they are.
"""

from django.db import connection

from search.analysis import tokens_of
from search.backends.base import BODY, TITLE, All, Any, Found, Phrase, Weights, Without
from search.backends.sql import (
    DOCUMENTS,
    SqlEngine,
    combinations,
    harmless,
    numbers_of,
    rows_of,
    scope_sql,
)
from search.documents import COUNTING

#: So many times more than are wanted are looked at before the scope is asked, up to so many.
AHEAD, MOST_AHEAD = 3, 10_000
#: What must match nothing is written so.
NONE = '"nothing nothing nothing"'


def expression_of(match):
    """A match in FTS5's syntax; every token quoted, so that none is syntax."""
    if isinstance(match, Phrase):
        if not match.tokens:
            return NONE
        fields = match.field or f"{TITLE} {BODY}"
        quoted = " ".join(map(harmless, match.tokens)).replace('"', "")
        return f'{{{fields}}} : "{quoted}"' + (" *" if match.prefix else "")
    if isinstance(match, All):
        return "(" + " AND ".join(map(expression_of, match.parts)) + ")"
    if isinstance(match, Any):
        return "(" + " OR ".join(map(expression_of, match.parts)) + ")"
    if isinstance(match, Without):
        excluded = " OR ".join(map(expression_of, match.excluded))
        return f"({expression_of(match.match)} NOT ({excluded}))"
    raise TypeError(f"no match: {match!r}")


def _scores(weights):
    """What bm25() takes: a weight for each column that is indexed."""
    return weights.title, weights.body, weights.numbers


class SqliteEngine(SqlEngine):
    """The engine of an installation that has nothing but its database file."""

    name, id_column = "sqlite", "rowid"

    # --- tables ----------------------------------------------------------------------------------

    def table_of(self, generation):
        """Name of the FTS table of a generation."""
        return f"portal_search_fts_{generation}"

    def make(self, table):
        """Make an empty index, and the table of its tokens."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5"
                "(title, body, numbers, fingerprint UNINDEXED, tokenize = 'ascii')"
            )
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_terms USING fts5vocab({table}, 'row')"
            )

    def drop(self, table):
        """Drop an index, if there is one."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {table}_terms")
            cursor.execute(f"DROP TABLE IF EXISTS {table}")

    def settle(self, table):
        """Merge what was written bit by bit."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    def put(self, table, documents):
        """Write documents that are not there."""
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
                f"INSERT INTO {table} (rowid, title, body, numbers, fingerprint)"
                " VALUES (%s, %s, %s, %s, %s)",
                rows,
            )

    def remove(self, table, pks):
        """Forget documents."""
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(pk,) for pk in pks])

    # --- asking ----------------------------------------------------------------------------------

    def find(self, match, scope, limit, weights=None):
        """The best documents by bm25, best first."""
        if isinstance(match, Without) and match.match is None:
            return [Found(pk, 0.0) for pk in self.newest(match, scope, 0, limit)]
        weights, ahead = weights or Weights(), AHEAD * limit
        if ahead <= MOST_AHEAD:
            # What is not within the scope is sorted out afterwards: that saves joining every
            # document that has a frequent word.
            found = self._ahead(match, scope, ahead, weights)
            best = [Found(pk, -score) for pk, score, within in found if within][:limit]
            if len(best) == limit or len(found) < ahead:
                return best
        return self._best(match, scope, limit, weights)

    def _ahead(self, match, scope, limit, weights):
        """[(pk, bm25, within the scope or not)] of the best documents, best first."""
        table = self.live()
        condition, values = scope_sql(scope)
        best = (
            f"SELECT rowid AS pk, bm25({table}, %s, %s, %s, 0) AS score FROM {table}"
            f" WHERE {table} MATCH %s ORDER BY score, rowid LIMIT %s"
        )
        sql = (
            f"SELECT f.pk, f.score, {condition} FROM ({best}) f"
            f" LEFT JOIN {DOCUMENTS} d ON d.id = f.pk ORDER BY f.score, f.pk"
        )
        return rows_of(sql, [*values, *_scores(weights), expression_of(match), limit])

    def _best(self, match, scope, limit, weights):
        """The best documents of a scope by bm25."""
        table = self.live()
        condition, values = scope_sql(scope)
        sql = (
            f"SELECT f.rowid, bm25({table}, %s, %s, %s, 0) AS score"
            f" FROM {table} f JOIN {DOCUMENTS} d ON d.id = f.rowid"
            f" WHERE {table} MATCH %s AND {condition} ORDER BY score, f.rowid LIMIT %s"
        )
        found = rows_of(sql, [*_scores(weights), expression_of(match), *values, limit])
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
        found, condition, values = self._matching(match, scope)
        # By themselves the planner looks documents up by their number, each on a page of its own.
        by_index = found.replace(f"{DOCUMENTS} d", f"{DOCUMENTS} d INDEXED BY {COUNTING}")
        return combinations(by_index, condition, values)

    def _matching(self, match, scope):
        condition, values = scope_sql(scope)
        if match is None:
            return f"{DOCUMENTS} d", condition, values
        table = self.live()
        if isinstance(match, Without) and match.match is None:
            excluded = expression_of(Any(match.excluded))
            condition += f" AND d.id NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)"
            return f"{DOCUMENTS} d", condition, [*values, excluded]
        found = f"{table} f JOIN {DOCUMENTS} d ON d.id = f.rowid"
        return found, f"{table} MATCH %s AND {condition}", [expression_of(match), *values]

    def frequencies(self, tokens):
        """Token -> (documents, occurrences), numbers included."""
        tokens = list(dict.fromkeys(map(harmless, tokens)))
        table = self.live()
        found = {}
        for start in range(0, len(tokens), 500):
            part = tokens[start : start + 500]
            marks = ", ".join(["%s"] * len(part))
            sql = f"SELECT term, doc, cnt FROM {table}_terms WHERE term IN ({marks})"
            found |= {term: (documents, count) for term, documents, count in rows_of(sql, part)}
        return found
