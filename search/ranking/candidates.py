"""Candidates: what the ranking reads of the documents that an engine has found.

Rows of the table, not model instances: a search weighs up to two hundred, and making instances of
them took longer than all the rest of it.
"""

from dataclasses import dataclass
from datetime import date

from search.backends.sql import DOCUMENTS, rows_of

#: Characters of a body that the ranking reads.
READ = 8000
COLUMNS = (
    "id, kind, column_id, validity, date, boost, length, title_folded,"
    f" substr(body_folded, 1, {READ})"
)
#: Numbers in one query, well below what every database takes.
AT_ONCE = 500


@dataclass(slots=True)
class Candidate:
    """A document to be weighed."""

    pk: int
    kind: str
    column_id: int | None
    validity: str
    date: date | None
    boost: float
    length: int
    title_folded: str
    body_folded: str  # its beginning


def candidates(pks):
    """The documents of these numbers, in no order."""
    pks, found = list(pks), []
    for start in range(0, len(pks), AT_ONCE):
        part = pks[start : start + AT_ONCE]
        marks = ", ".join(["%s"] * len(part))
        sql = f"SELECT {COLUMNS} FROM {DOCUMENTS} WHERE id IN ({marks})"
        found += rows_of(sql, part)
    return [Candidate(*row) for row in found]
