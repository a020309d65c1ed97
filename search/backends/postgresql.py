"""PostgreSQL's text search over the shared tokens: one `tsvector` of a document's tokens, and GIN.

The vector keeps no places and no weights: the index answers for tokens alone, those of titles and
numbers carry a mark, and what stands in a row is looked for in the text (`postgresql_queries`).
"""

from collections import Counter
from contextlib import nullcontext
from math import log

from django.db import DatabaseError, connection, transaction

from search.analysis import tokens_of
from search.backends.ahead import prepared
from search.backends.base import BODY, NUMBERS, TITLE, Any, EngineDown, Found, Weights, phrases_of
from search.backends.postgresql_queries import (
    MARKS,
    TEXTS,
    query_of,
    quoted,
    simple,
)
from search.backends.sql import DOCUMENTS, SqlEngine, numbers_of, rows_of, scope_sql
from search.backends.stretches import joined, joined_numbers, stretch_of

#: Bytes of different tokens that a vector holds; a book with more is found by the first of them.
LARGEST = 1_000_000
#: Finds of what must be there together that are scored: the newest. More follow by date.
SCORED = 400
#: Characters of a body in which occurrences are counted, how soon more of them count less, and how
#: much length counts.
COUNTED, SATURATION, LENGTH = 8000, 1.2, 0.15
#: Mark of a token that stands in a document so often -> how often it stands there beyond what the
#: mark before says: so the index tells how often a token stands in all of them, at least.
OFTEN = {"²": (2, 1), "⁴": (4, 2), "⁸": (8, 4)}
#: To the planner asking a vector costs next to nothing, in truth it must be unpacked: it would
#: rather read a table whole (186 ms against 8). What takes milliseconds needs no compiling either.
PLANNED = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
#: kB that PostgreSQL may take, at least, to make an index at once: with its own 64 MB it gathers
#: the finds of few documents before it writes them (500,000 documents: ten minutes).
MEMORY = 256 << 10
COLUMNS = ("document_id", "words", "title", "body", "numbers", "fingerprint")


class PostgresqlEngine(SqlEngine):
    """The engine of an installation on PostgreSQL."""

    name, id_column = "postgresql", "document_id"

    # --- tables ----------------------------------------------------------------------------------

    def table_of(self, generation):
        """Name of the table of a generation."""
        return f"portal_search_words_{generation}"

    def make(self, table):
        """Make an empty index, if it is not there."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (document_id bigint PRIMARY KEY,"
                " words tsvector NOT NULL, title text NOT NULL, body text NOT NULL,"
                " numbers text NOT NULL, fingerprint varchar(64) NOT NULL)"
            )
            # A text is looked into a thousand times for each time it is written.
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN body SET STORAGE EXTERNAL")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_gin ON {table} USING gin (words)")
        super().make(table)

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
        within = connection.in_atomic_block
        # Concurrently, for others write meanwhile; which cannot be had within a transaction.
        way = "" if within else "CONCURRENTLY"
        with connection.cursor() as cursor:
            # What is left of an attempt cut short is no index.
            cursor.execute(f"DROP INDEX IF EXISTS {table}_gin")
            cursor.execute(
                "SELECT set_config(name, %s, %s) FROM pg_settings"
                " WHERE name = 'maintenance_work_mem' AND setting::bigint < %s",
                [f"{MEMORY}kB", within, MEMORY],
            )
            try:
                cursor.execute(f"CREATE INDEX {way} {table}_gin ON {table} USING gin (words)")
            finally:
                if not within:
                    cursor.execute("RESET maintenance_work_mem")
            cursor.execute(f"ANALYZE {table}, {DOCUMENTS}")
        super().settle(table)

    def put(self, table, documents):
        """Write documents that are not there."""
        one = "(%s, array_to_tsvector(string_to_array(%s, ' ')), %s, %s, %s, %s)"
        with connection.cursor() as cursor:
            for rows in prepared(_rows_for, documents):
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(COLUMNS)})"
                    f" VALUES {', '.join([one] * len(rows))}",
                    [value for row in rows for value in row],
                )

    def remove(self, table, pks):
        """Forget documents."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE document_id = ANY(%s)", [list(pks)])

    # --- asking ----------------------------------------------------------------------------------

    def find(self, match, scope, limit, weights=None):
        """The best documents: what has more, and rarer, of the phrases.

        Where any of some phrases is enough, all finds are compared by which they have. Else, to
        score a find is to read its text: the newest are, and the others come after them by date.
        """
        phrases = phrases_of(match)
        if isinstance(match, Any) and len(phrases) > 1 and simple(match) is not None:
            return self._most(phrases, scope, limit)
        if not (asked := query_of(match)):
            return []
        query, condition, values = asked
        newest = self._dated((query, "", []), scope, 0, SCORED)
        found = self._scored(newest, phrases, (condition, values), weights or Weights())[:limit]
        if len(found) < limit and len(newest) == SCORED:
            known = {each.pk for each in found}
            further = self._dated(asked, scope, 0, limit)
            found += [Found(pk, 0.0) for pk in further if pk not in known][: limit - len(found)]
        return found

    def _scored(self, pks, phrases, confirmed, weights):
        """Those of the documents that a condition confirms, the best first."""
        counted, counts = _points(phrases, self._rarities(phrases), weights)
        condition, values = confirmed
        sql = (
            f"SELECT w.document_id, ({counted}) / (1 + {LENGTH} * ln(1 + d.length)) AS score"
            f" FROM {self.live()} w JOIN {DOCUMENTS} d ON d.id = w.document_id"
            f" WHERE w.document_id = ANY(%s) AND {condition or 'true'}"
            " ORDER BY score DESC, w.document_id"
        )
        return [Found(pk, float(score)) for pk, score in self._rows(sql, [*counts, pks, *values])]

    def _most(self, phrases, scope, limit):
        """By the summed weight of the phrases a document has: a rare one says more."""
        selects, values = [], []
        for phrase, rarity in zip(phrases, self._rarities(phrases), strict=True):
            if asked := query_of(phrase):
                query, confirmed, more = asked
                selects.append(
                    f"SELECT document_id, %s::float AS points FROM {self.live()} w"
                    f" WHERE words @@ %s::tsquery AND {confirmed or 'true'}"
                )
                values += [rarity, query, *more]
        if not selects:
            return []
        condition, narrowed = scope_sql(scope)
        sql = (
            f"SELECT d.id, sum(f.points) / (1 + {LENGTH} * ln(1 + d.length)) AS score"
            f" FROM ({' UNION ALL '.join(selects)}) f JOIN {DOCUMENTS} d ON d.id = f.document_id"
            f" WHERE {condition} GROUP BY d.id ORDER BY score DESC, d.id LIMIT %s"
        )
        found = self._rows(sql, [*values, *narrowed, limit])
        return [Found(pk, float(score)) for pk, score in found]

    def _rarities(self, phrases):
        """How much each of the phrases says; a single one is compared with nothing."""
        if len(phrases) == 1:
            return [1.0]
        known = self.frequencies([token for phrase in phrases for token in phrase.tokens])
        documents = self._about()
        found = [min(known.get(token, (1, 1))[0] for token in each.tokens) for each in phrases]
        return [_idf(documents, number) for number in found]

    def _about(self):
        """How many documents there are, by the planner's own reckoning if it has one."""
        rows = rows_of("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [self.live()])
        return int(rows[0][0]) if rows[0][0] > 0 else max(self.size().documents, 1)

    def newest(self, match, scope, start, limit, oldest_first=False):
        """Documents by date; those without one last."""
        asked = None if match is None else query_of(match)
        if match is not None and not asked:
            return []
        return self._dated(asked, scope, start, limit, "ASC" if oldest_first else "DESC")

    def _dated(self, asked, scope, start, limit, way="DESC"):
        found, condition, values = self._within(asked, scope)
        sql = (
            f"SELECT d.id FROM {found} WHERE {condition}"
            f" ORDER BY d.date {way} NULLS LAST, d.id DESC LIMIT %s OFFSET %s"
        )
        return [pk for (pk,) in self._rows(sql, [*values, limit, start])]

    def _matching(self, match, scope):
        if match is None:
            return self._within(None, scope)
        if not (asked := query_of(match)):
            return f"{DOCUMENTS} d", "false", []
        return self._within(asked, scope)

    def _within(self, asked, scope):
        """`_matching` of what a match was made to."""
        narrowing, narrowed = scope_sql(scope)
        if asked is None:
            return f"{DOCUMENTS} d", narrowing, narrowed
        query, confirmed, values = asked
        # OFFSET keeps it by itself, where only the index can answer. Together with the documents it
        # was read by number, to be merged with them, and every vector asked (400 ms against 30).
        found = (
            f"(SELECT * FROM {self.live()} WHERE words @@ %s::tsquery OFFSET 0) w"
            f" JOIN {DOCUMENTS} d ON d.id = w.document_id"
        )
        return found, f"{narrowing} AND {confirmed or 'true'}", [query, *narrowed, *values]

    def _count(self, tokens):
        """By asking the index for each, with each mark."""
        marked = [mark + token for token in tokens for mark in ("", *OFTEN)]
        sql = (
            f"SELECT (SELECT count(*) FROM {self.live()} WHERE words @@ asked.query::tsquery)"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS asked(query, place) ORDER BY place"
        )
        counts = iter([number for (number,) in self._rows(sql, [list(map(quoted, marked))])])
        found = []
        for token in tokens:
            documents, *more = [next(counts) for _mark in ("", *OFTEN)]
            often = sum(n * beyond for n, (_n, beyond) in zip(more, OFTEN.values(), strict=True))
            if documents:
                found.append((token, documents, documents + often))
        return found

    def _frequent(self, table, least):
        """By reading every vector."""
        marks = "".join([*OFTEN, *MARKS.values()])
        joins, more = "", "f.ndoc"
        for mark, (often, beyond) in OFTEN.items():
            joins += f" LEFT JOIN found m{often} ON m{often}.word = '{mark}' || f.word"
            more += f" + {beyond} * coalesce(m{often}.ndoc, 0)"
        return rows_of(
            "WITH found AS MATERIALIZED (SELECT word, ndoc FROM ts_stat(%s))"
            f" SELECT f.word, f.ndoc, {more} FROM found f{joins}"
            f" WHERE f.ndoc >= %s AND strpos('{marks}', left(f.word, 1)) = 0",
            [f"SELECT words FROM {table}", least],
        )

    def _rows(self, sql, values=()):
        """As the planner should go about it (PLANNED), for this query and no other."""
        within = connection.in_atomic_block
        try:
            with nullcontext() if within else transaction.atomic(), connection.cursor() as cursor:
                # Within a caller's transaction the settings would be his, too, from now on; and not
                # by Django's savepoints, for those are two statements more.
                cursor.execute(f"SAVEPOINT planned; {PLANNED}" if within else PLANNED)
                try:
                    cursor.execute(sql, values)
                    return cursor.fetchall()
                finally:
                    if within:
                        cursor.execute("ROLLBACK TO SAVEPOINT planned; RELEASE SAVEPOINT planned")
        except DatabaseError as problem:
            raise EngineDown(str(problem)) from problem


def _points(phrases, rarities, weights):
    """(sum of what the phrases give the row `w`, its parameters)."""
    parts, values = [], []
    for phrase, rarity in zip(phrases, rarities, strict=True):
        if (stretch := stretch_of(phrase)) is None:
            continue
        size, counts = len(stretch.encode()), []
        for column in TEXTS[phrase.field]:
            text = f"left(w.{column}, {COUNTED})" if column == BODY else f"w.{column}"
            counts.append(
                f"{getattr(weights, column)}"
                f" * (octet_length({text}) - octet_length(replace({text}, %s, ''))) / {size}.0"
            )
            values.append(stretch)
        # It stands somewhere, if not in what was counted: it matched.
        often = f"greatest({' + '.join(counts)}, 0.5)"
        parts.append(f"{rarity} * {often} / ({often} + {SATURATION})")
        values += values[-len(counts) :]
    return " + ".join(parts) or "0", values


def _rows_for(documents):
    return [_row(document) for document in documents]


def _row(document):
    title, numbers = tokens_of(document.title_folded), numbers_of(document)
    marked = [MARKS[TITLE] + token for token in title] + [MARKS[NUMBERS] + t for t in numbers]
    counts = Counter(title + tokens_of(document.body_folded))
    often = [
        mark + token
        for mark, (least, _beyond) in OFTEN.items()
        for token, count in counts.items()
        if count >= least
    ]
    return (
        document.pk,
        _cut(" ".join([*marked, *counts, *often])),
        joined(document.title_folded),
        joined(document.body_folded),
        joined_numbers(numbers),
        document.fingerprint,
    )


def _cut(tokens):
    """So many of the tokens as a vector holds."""
    if len(tokens) * 4 <= LARGEST or len(whole := tokens.encode()) <= LARGEST:
        return tokens
    return whole[:LARGEST].decode(errors="ignore").rpartition(" ")[0]


def _idf(documents, found):
    return log(1 + max(documents - found + 0.5, 0.5) / (found + 0.5))
