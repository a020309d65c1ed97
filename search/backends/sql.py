"""What the engines in the portal's own database share: scopes as SQL, counts, drift."""

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


def combinations(found, condition, values):
    """Documents counted by their facets; `found` is the FROM clause that gives `d`."""
    sql = f"SELECT d.facets, count(*) FROM {found} WHERE {condition} GROUP BY d.facets"
    return [combination(facets, count) for facets, count in rows_of(sql, values)]


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
    """An index in tables of the portal's own database; `id_column`: that of the document's pk."""

    id_column = ""
    _table = ""

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
        found, condition, values = self._matching(match, scope)
        return bool(rows_of(f"SELECT 1 FROM {found} WHERE {condition} LIMIT 1", values))

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
