"""Data sets: named tables that other rooms register and users may download.

A data set says what its columns are and yields its rows; which file is made of it is decided
elsewhere, so that every format and every limit holds for every data set.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from exports.columns import Column
from page_types.organisation.duties import duties_of
from page_types.publication.registry import Registry

#: Rows that a query hands over at once.
CHUNK = 2000
#: Names of parameters of every data set: no filter is called so.
OWN_NAMES = frozenset({"from", "to", "page", "size", "format"})


@dataclass(frozen=True)
class Filter:
    """How a data set may be narrowed besides its period.

    `choices()` gives (value, label) pairs; without it any text may be asked for.
    """

    name: str
    label: str
    choices: Callable[[], Iterable[tuple[str, str]]] | None = None

    def __post_init__(self):
        if self.name in OWN_NAMES:
            raise ValueError(f"no name for a filter: {self.name}")

    def pairs(self):
        """(value, label) of each choice, as text; empty for a free text."""
        return [(str(value), str(label)) for value, label in self.choices()] if self.choices else []


@dataclass(frozen=True)
class Dataset:
    """A named table.

    `rows(start, end, **filters)` yields tuples in the order of `columns` for the days from `start`
    to `end` (dates, either may be None), streaming. `permission` is the permission that a user
    needs; empty for public data, which anybody may have. `updated()` tells when it last changed.

    `count` and `part` answer with the same arguments, `part` with `offset` and `limit` besides:
    how many rows there are, and some of them in the same order; without them the rows are read
    through. `of_query` makes all three of a queryset.

    Secret columns of public data need `secrets_permission`; those of others come with
    `permission`. `imposed(user)` gives keyword arguments that narrow the rows to what this user may
    have (his department's), which he cannot choose otherwise.

    `holders(user)`: whether the user may have it, where that hangs on his posts; with a permission
    besides, both are needed.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: Callable[..., Iterable[tuple]]
    permission: str = ""
    description: str = ""
    filters: tuple[Filter, ...] = ()
    updated: Callable | None = None
    count: Callable[..., int] | None = None
    part: Callable[..., Iterable[tuple]] | None = None
    secrets_permission: str = ""
    imposed: Callable | None = None
    holders: Callable | None = None

    @property
    def public(self):
        """Whether visitors may have it."""
        return not (self.permission or self.holders)

    def may_be_had_by(self, user):
        """Whether a user of the admin may download it."""
        if not user.is_active:
            return False
        if self.permission and not user.has_perm(self.permission):
            return False
        return bool(self.holders is None or self.holders(user))

    def may_be_had_whole_by(self, user):
        """Whether the user gets the secret columns too."""
        if self.holders and not (self.secrets_permission or self.permission):
            return self.may_be_had_by(user)
        needed = self.secrets_permission or self.permission
        return bool(needed) and user.is_active and user.has_perm(needed)

    def scope_of(self, user):
        """What `for_user` would give, as a text: another one means more or less than before."""
        columns = [column.name for column in self.for_user(user).columns]
        imposed = {}
        if self.imposed:  # what is imposed may hang on anything that the user's posts say
            imposed = {**vars(duties_of(user)), **self.imposed(user)}
        kept = {name: _in_order(value) for name, value in imposed.items()}
        return json.dumps([columns, kept], ensure_ascii=False, sort_keys=True, default=str)

    def for_user(self, user):
        """The same data set as this user gets it: narrowed, and without what is not for him."""
        kept = self if self.may_be_had_whole_by(user) else self.without_secrets()
        return kept.narrowed(**self.imposed(user)) if self.imposed else kept

    def narrowed(self, **imposed):
        """The same data set with filters that nobody can take off."""
        return self._with(
            lambda give: lambda *period, **asked: give(*period, **{**asked, **imposed})
        )

    def without_secrets(self):
        """The same data set as visitors get it: secret columns are left out of columns and rows."""
        kept = [place for place, column in enumerate(self.columns) if not column.secret]
        if len(kept) == len(self.columns):
            return self

        def leave_out(give):
            def rows(*period, **asked):
                for row in give(*period, **asked):
                    yield tuple(row[place] for place in kept)

            return rows

        columns = tuple(self.columns[place] for place in kept)
        return replace(self._with(leave_out, count=False), columns=columns)

    def _with(self, change, count=True):
        changed = {"rows": change(self.rows), "part": self.part and change(self.part)}
        if count:
            changed["count"] = self.count and change(self.count)
        return replace(self, **changed)

    def counted(self, start=None, end=None, **filters):
        """How many rows there are."""
        if self.count:
            return self.count(start, end, **filters)
        return sum(1 for _row in self.rows(start, end, **filters))

    def some(self, start, end, offset, limit, **filters):
        """`limit` rows from the one at `offset` (0 is the first)."""
        if self.part:
            return self.part(start, end, offset=offset, limit=limit, **filters)
        return islice(self.rows(start, end, **filters), offset, offset + limit)


def _in_order(value):
    several = isinstance(value, (list, tuple, set, frozenset))
    return sorted(map(str, value)) if several else value


def of_query(name, label, columns, query, line=None, lines=None, **more):
    """A data set whose rows are objects of a queryset.

    `query(start, end, **filters)` is the queryset, in a fixed order; `line(object)` one row, or
    `lines(objects)` all of them, where something is to be read once for all.
    """
    lines = lines or (lambda objects: map(line, objects))

    def rows(start, end, **filters):
        yield from lines(query(start, end, **filters).iterator(chunk_size=CHUNK))

    def part(start, end, *, offset, limit, **filters):
        yield from lines(query(start, end, **filters)[offset : offset + limit])

    def count(start, end, **filters):
        return query(start, end, **filters).count()

    return Dataset(name, label, columns, rows, count=count, part=part, **more)


_datasets = Registry("data set")
register = _datasets.register
get = _datasets.get
all_datasets = _datasets.all
remove = _datasets.remove


def public_datasets():
    """What visitors may have, without the columns that they may not see."""
    return [each.without_secrets() for each in all_datasets() if each.public]


def public_dataset(name):
    """A public data set as visitors get it; None where there is none of that name."""
    found = get(name)
    return found.without_secrets() if found and found.public else None
