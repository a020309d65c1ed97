"""Data sets: named tables that other rooms register and users may download.

A data set says what its columns are and yields its rows; which file is made of it is decided
elsewhere, so that every format and every limit holds for every data set.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


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


_datasets = {}


def register(dataset):
    """Make a data set known; a name is taken once."""
    if dataset.name in _datasets:
        raise ValueError(f"data set registered twice: {dataset.name}")
    _datasets[dataset.name] = dataset


def get(name):
    """The data set of that name; KeyError if there is none."""
    return _datasets[name]


def all_datasets():
    """Every data set, by name."""
    return [_datasets[name] for name in sorted(_datasets)]
