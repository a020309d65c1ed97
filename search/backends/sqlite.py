"""SQLite's FTS5 over the shared tokens. The index lies in the portal's own database file.

FTS5's tokenizer only parts what stands apart: `ascii` takes every character beyond ASCII for a part
of a word, so that our tokens, joined by spaces, arrive as they are.

Titles lie in a small index of their own, too: whoever asks for titles alone would have the finds of
whole texts gone through (50,000 documents: 6.5 ms against 0.6).
"""

from django.db import connection

from search.analysis import tokens_of
from search.backends.ahead import prepared
from search.backends.base import BODY, TITLE, All, Any, Found, Phrase, Weights, Without
from search.backends.sql import (
    DOCUMENTS,
    SqlEngine,
    harmless,
    numbers_of,
    rows_of,
    scope_sql,
)
from search.backends.stretches import stands_in, stretch_of
from search.documents import COUNTING

#: So many times more than are wanted are looked at before the scope is asked, up to so many.
AHEAD, MOST_AHEAD = 3, 10_000
#: What must match nothing is written so.
NONE = '"nothing nothing nothing"'
#: Bytes of new finds that wait in memory while an index is built, and in the life of one (FTS5's
#: own figure); pages that are merged in one go at its end, so that nobody waits long.
BUILDING, LIVING = 32 << 20, 1 << 20
MERGED = 2000
#: Parts of an index that are merged as it is written, a few at a time or, at worst, all at once:
#: FTS5's own figures, and those of one that is merged at its end.
MERGING, AT_WORST, NEVER = 4, 16, 1000
#: Tokens of a phrase that are looked for, and texts that are then read for the whole of it.
RAREST, LOOKED_INTO = 2, 200


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


def only_titles(match):
    """Whether a match asks for nothing but words in titles."""
    if isinstance(match, Phrase):
        return match.field == TITLE
    if isinstance(match, Without):
        return only_titles(match.match) and all(map(only_titles, match.excluded))
    return isinstance(match, (All, Any)) and all(map(only_titles, match.parts))


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
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {titles_of(table)} USING fts5"
                "(title, tokenize = 'ascii')"
            )
        super().make(table)

    def drop(self, table):
        """Drop an index, if there is one."""
        super().drop(table)
        with connection.cursor() as cursor:
            # Some builds of SQLite write zeros over all that is dropped (50,000 documents: 9.8 s
            # against 1.9); its words stand in the new index as well.
            cursor.execute("PRAGMA secure_delete")
            (as_before,) = cursor.fetchone()
            cursor.execute("PRAGMA secure_delete = fast")
            for each in (titles_of(table), f"{table}_terms", table):
                cursor.execute(f"DROP TABLE IF EXISTS {each}")
            cursor.execute(f"PRAGMA secure_delete = {as_before}")

    def hurry(self, table):
        """Gather much before it is written, and merge only at the end."""
        for each in (table, titles_of(table)):
            self._set(each, "hashsize", BUILDING)
            self._set(each, "automerge", 0)
            self._set(each, "crisismerge", NEVER)

    def settle(self, table):
        """Merge what was written bit by bit."""
        for each in (table, titles_of(table)):
            self._merge(each)
            self._set(each, "hashsize", LIVING)
            self._set(each, "automerge", MERGING)
            self._set(each, "crisismerge", AT_WORST)
        super().settle(table)

    def _merge(self, table):
        """Into one piece, step by step; SQLite's count of changes says when nothing is left."""
        changes, pages = None, -MERGED
        while changes is None or connection.connection.total_changes - changes > 1:
            changes = connection.connection.total_changes
            self._set(table, "merge", pages)
            pages = MERGED

    def _set(self, table, name, value):
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES (%s, %s)", [name, value])

    def put(self, table, documents):
        """Write documents that are not there."""
        fields = "rowid, title, body, numbers, fingerprint"
        with connection.cursor() as cursor:
            for rows in prepared(_rows_for, documents):
                _insert(cursor, f"{table} ({fields})", rows)
                _insert(cursor, f"{titles_of(table)} (rowid, title)", [row[:2] for row in rows])

    def remove(self, table, pks):
        """Forget documents."""
        pks = [(pk,) for pk in pks]
        with connection.cursor() as cursor:
            for each in (table, titles_of(table)):
                cursor.executemany(f"DELETE FROM {each} WHERE rowid = %s", pks)

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

    def few(self, match, scope, most):
        """All documents that match. FTS5 goes through all that have any of a phrase's tokens: of a
        long one the rarest are asked for, and the rest looked for in the texts that have those.
        """
        if not isinstance(match, Phrase) or match.field or len(match.tokens) <= RAREST:
            return super().few(match, scope, most)
        whole = match.tokens[:-1] if match.prefix else match.tokens
        known = self.frequencies(whole)
        if (stretch := stretch_of(match)) is None or not all(token in known for token in whole):
            return []
        rarest = sorted(dict.fromkeys(whole), key=lambda token: known[token])[:RAREST]
        near = super().few(All(tuple(Phrase((token,)) for token in rarest)), scope, LOOKED_INTO)
        if near is None:
            return super().few(match, scope, most)
        marks = ", ".join(["%s"] * len(near))
        sql = f"SELECT id, title_folded, body_folded FROM {DOCUMENTS} WHERE id IN ({marks})"
        found = [
            pk for pk, *texts in rows_of(sql, near) if any(stands_in(stretch, t) for t in texts)
        ]
        return found if len(found) <= most else None

    def _ahead(self, match, scope, limit, weights):
        """[(pk, bm25, within the scope or not)] of the best documents, best first."""
        table = self._asked(match)
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
        table = self._asked(match)
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

    def _counting(self, match, scope):
        """By itself the planner looks documents up by their number, each on a page of its own."""
        found, *rest = self._matching(match, scope)
        return found.replace(f"{DOCUMENTS} d", f"{DOCUMENTS} d INDEXED BY {COUNTING}"), *rest

    def _matching(self, match, scope):
        condition, values = scope_sql(scope)
        if match is None:
            return f"{DOCUMENTS} d", condition, values
        table = self._asked(match)
        if isinstance(match, Without) and match.match is None:
            excluded = expression_of(Any(match.excluded))
            condition += f" AND d.id NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)"
            return f"{DOCUMENTS} d", condition, [*values, excluded]
        found = f"{table} f JOIN {DOCUMENTS} d ON d.id = f.rowid"
        return found, f"{table} MATCH %s AND {condition}", [expression_of(match), *values]

    def _asked(self, match):
        """The table that is asked."""
        return titles_of(self.live()) if only_titles(match) else self.live()

    def _count(self, tokens):
        """[(token, documents, occurrences)], numbers included."""
        marks = ", ".join(["%s"] * len(tokens))
        return rows_of(
            f"SELECT term, doc, cnt FROM {self.live()}_terms WHERE term IN ({marks})", tokens
        )

    def _frequent(self, table, least):
        """The same of all tokens that so many documents have."""
        return rows_of(f"SELECT term, doc, cnt FROM {table}_terms WHERE doc >= %s", [least])


def titles_of(table):
    """Name of the index of an index's titles."""
    return f"{table}_titles"


def _rows_for(documents):
    return [
        (
            document.pk,
            " ".join(tokens_of(document.title_folded)),
            " ".join(tokens_of(document.body_folded)),
            " ".join(numbers_of(document)),
            document.fingerprint,
        )
        for document in documents
    ]


def _insert(cursor, where, rows):
    """Rows in one statement, during which other threads go on."""
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    values = [value for row in rows for value in row]
    cursor.execute(f"INSERT INTO {where} VALUES {', '.join([one] * len(rows))}", values)
