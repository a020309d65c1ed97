"""Data sets: named tables that other rooms register and users may download.

A data set says what its columns are and yields its rows; which file is made of it is decided
elsewhere, so that every format and every limit holds for every data set.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from page_types.publication.registry import Registry


@dataclass(frozen=True)
class Dataset:
    """A named table.

    `columns` are (name, label) pairs; `rows(start, end)` yields tuples in their order for the days
    from `start` to `end` (dates, either may be None); `permission` is the permission that a user
    needs, empty for public data.
    """

    name: str
    label: str
    columns: tuple[tuple[str, str], ...]
    rows: Callable[..., Iterable[tuple]]
    permission: str = ""


_datasets = Registry("data set")
register = _datasets.register
get = _datasets.get
all_datasets = _datasets.all
