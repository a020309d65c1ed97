"""Data sets: named tables that other rooms register and users may download.

A data set says what its columns are and yields its rows; which file is made of it is decided
elsewhere, so that every format and every limit holds for every data set.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from exports.columns import Column
from page_types.publication.registry import Registry


@dataclass(frozen=True)
class Filter:
    """How a data set may be narrowed besides its period: `choices()` gives (value, label) pairs."""

    name: str
    label: str
    choices: Callable[[], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Dataset:
    """A named table.

    `rows(start, end, **filters)` yields tuples in the order of `columns` for the days from `start`
    to `end` (dates, either may be None), streaming. `permission` is the permission that a user
    needs; empty for public data, which anybody may have. `updated()` tells when it last changed.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: Callable[..., Iterable[tuple]]
    permission: str = ""
    description: str = ""
    filters: tuple[Filter, ...] = ()
    updated: Callable | None = None

    @property
    def public(self):
        """Whether visitors may have it."""
        return not self.permission

    def may_be_had_by(self, user):
        """Whether a user of the admin may download it."""
        return user.is_active and (self.public or user.has_perm(self.permission))

    def without_secrets(self):
        """The same data set as visitors get it: secret columns are left out of columns and rows."""
        kept = [place for place, column in enumerate(self.columns) if not column.secret]
        if len(kept) == len(self.columns):
            return self
        columns = tuple(self.columns[place] for place in kept)

        def rows(start, end, **filters):
            for row in self.rows(start, end, **filters):
                yield tuple(row[place] for place in kept)

        return Dataset(**{**vars(self), "columns": columns, "rows": rows})


_datasets = Registry("data set")
register = _datasets.register
get = _datasets.get
all_datasets = _datasets.all
