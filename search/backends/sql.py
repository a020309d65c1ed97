"""What the engines in the portal's own database share: the scope of a search as SQL."""

from django.db import connection

from search.backends.base import Combination
from search.documents import SearchDocument

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
FACETS = ("kind", "column_id", "department_id", "year", "validity", "format")


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


def rows_of(sql, values=()):
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def combinations(found, condition, values):
    """Documents counted by their facets; `found` is the FROM clause that gives `d`."""
    facets = ", ".join(f"d.{name}" for name in FACETS)
    sql = f"SELECT {facets}, count(*) FROM {found} WHERE {condition} GROUP BY {facets}"
    return [Combination(*row) for row in rows_of(sql, values)]
