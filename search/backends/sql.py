"""What the engines in the portal's own database share: scopes as SQL, counts, drift.

How many documents have a token, both engines tell by counting them, which takes the longer the more
there are (50,000 documents: 3 ms a token). Of frequent ones the numbers are kept as of the last
rebuild: they matter by their magnitude only.
"""

from contextlib import nullcontext
from copy import copy
from functools import lru_cache

from django.db import DatabaseError, connection, transaction

from search.analysis import number_tokens, tokens_of
from search.analysis.tokens import LONGEST
from search.backends.base import Combination, EngineDown, Size
from search.backends.generations import Generations, drift_from
from search.documents import SEPARATOR, SearchDocument

DOCUMENTS = SearchDocument._meta.db_table
#: Scope's field -> column of the documents.
COLUMNS = {
    "sources": "source",
    "kinds": "kind",
    "columns": "column_id",
    "departments": "department_id",
    "years": "year",
    "validities": "validity",
    "formats": "format",
}
#: Tokens that so many documents have are frequent.
FREQUENT = 100
#: Tokens that are asked for in one query.
AT_ONCE = 100
#: No document has this token, for ours hold no spaces.
NOTHING = "nothing nothing"


def scope_sql(scope):
    """(condition on the documents `d`, parameters). What is hidden is never found."""
    wanted, values = ["NOT d.hidden"], []
    if scope.audience == "public":
        wanted.append("d.audience = 'public'")
    for name, column in COLUMNS.items():
        if chosen := getattr(scope, name):
            wanted.append(f"d.{column} IN ({', '.join(['%s'] * len(chosen))})")
            values += chosen
    if scope.since:
        wanted.append("d.date >= %s")
        values.append(scope.since)
    if scope.until:
        wanted.append("d.date <= %s")
        values.append(scope.until)
    return " AND ".join(wanted), values


def harmless(token):
    """A token as every database takes it: no NUL, no halves of characters, none that is too long
    to be anything of ours. What nothing is left of, or is not ours, becomes what nothing has.
    """
    left = token.replace("\0", "").encode("utf-8", "ignore").decode()
    return left if left and len(left) <= LONGEST else NOTHING


def rows_of(sql, values=()):
    """All rows of a query. EngineDown if the database refuses it."""
    # On PostgreSQL a refused query spoils the transaction it is in, but for a savepoint before it.
    spoils = connection.in_atomic_block and connection.vendor == "postgresql"
    kept = transaction.atomic() if spoils else nullcontext()
    try:
        with kept, connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()
    except DatabaseError as problem:
        raise EngineDown(str(problem)) from problem


def combination(facets, count):
    """A Combination from the text of a document's facets."""
    return Combination(*_parted(facets), count)


@lru_cache(maxsize=8192)
def _parted(facets):
    kind, column, department, year, validity, form = facets.split(SEPARATOR)
    numbers = (int(each) if each else None for each in (column, department, year))
    return kind, *numbers, validity, form


def numbers_of(document):
    """Tokens by which a document is found by number: 文号 anywhere in it, its own, its 索引号."""
    text = f"{document.title_folded}\n{document.body_folded}"
    own = f"{document.document_number} {document.index_number}".lower()
    return [*number_tokens(text), *number_tokens(own), *tokens_of(own)]


class SqlEngine(Generations):
    """An index in tables of the portal's own database; `id_column`: that of the document's pk.

    A subclass says what matches, `_matching(match, scope)`: (FROM clause that gives the documents
    `d`, condition, parameters); and counts, `_count(tokens)` and `_frequent(table, least)`: rows of
    token, documents, occurrences.
    """

    id_column = ""
    _table = ""

    def make(self, table):
        """Make what an index has beside it: the numbers of frequent tokens."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {table}_counts"
                " (token text PRIMARY KEY, documents integer, occurrences integer)"
            )

    def drop(self, table):
        """Drop it."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {table}_counts")

    def settle(self, table):
        """Count what is frequent."""
        counts = self._frequent(table, FREQUENT)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}_counts")
            cursor.executemany(f"INSERT INTO {table}_counts VALUES (%s, %s, %s)", counts)

    def frequencies(self, tokens):
        """Token -> (documents, occurrences); of frequent ones as last counted."""
        tokens, found = list(dict.fromkeys(map(harmless, tokens))), {}
        for start in range(0, len(tokens), AT_ONCE):
            part = tokens[start : start + AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            rows = rows_of(f"SELECT * FROM {self.live()}_counts WHERE token IN ({marks})", part)
            if left := set(part).difference(token for token, *_numbers in rows):
                rows += self._count(sorted(left))
            found |= {token: tuple(numbers) for token, *numbers in rows}
        return found

    def reading(self):
        """The same engine for the questions of one search: which table is live is asked once."""
        bound = copy(self)
        bound._table = super().live()
        return bound

    def live(self):
        """The live table's name."""
        return self._table or super().live()

    def holds(self, match, scope):
        """Whether any document matches."""
        return self.few(match, scope, 0) is None

    def few(self, match, scope, most):
        """All documents that match, if they are not more than `most`."""
        found, condition, values = self._matching(match, scope)
        sql = f"SELECT d.id FROM {found} WHERE {condition} LIMIT %s"
        pks = [pk for (pk,) in self._rows(sql, [*values, most + 1])]
        return pks if len(pks) <= most else None

    def tally(self, match, scope):
        """All documents that match, counted by facets."""
        found, condition, values = self._counting(match, scope)
        sql = f"SELECT d.facets, count(*) FROM {found} WHERE {condition} GROUP BY d.facets"
        return [combination(facets, count) for facets, count in self._rows(sql, values)]

    def _counting(self, match, scope):
        """As `_matching`, in the way that is best for going through all that match."""
        return self._matching(match, scope)

    def _rows(self, sql, values=()):
        return rows_of(sql, values)

    def size(self):
        """Documents and tokens of the live index."""
        ((documents, tokens),) = rows_of(
            f"SELECT count(*), coalesce(sum(length), 0) FROM {DOCUMENTS} WHERE NOT hidden"
        )
        return Size(documents, tokens)

    def drift(self):
        """What differs between the documents and the index."""
        found = rows_of(f"SELECT {self.id_column}, fingerprint FROM {self.live()}")
        return drift_from(dict(found))

    def check(self):
        """Raise EngineDown if the index cannot be read."""
        rows_of(f"SELECT {self.id_column} FROM {self.live()} LIMIT 1")
