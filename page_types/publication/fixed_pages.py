"""Public pages that are no entries of the ledger and yet have something to be found by.

A room says which it has; site map, `sitemap.xml` and site search ask. So rooms that may not import
each other stay strangers.

fixed_pages.register(Group("dataset", _("数据集"), lambda: [FixedPage("/open-data/x/", "…")]))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from page_types.publication.registry import Registry


@dataclass(frozen=True)
class FixedPage:
    """A page at a lasting address: a path of this site. `words`: more that it may be found by.

    `updated()`: when what it shows last changed, None if nobody knows; it may cost a query, so that
    only those who show or keep it ask.
    """

    url: str
    title: str
    summary: str = ""
    words: str = ""
    updated: Callable = lambda: None


@dataclass(frozen=True)
class Group:
    """Pages of one sort; `label` is what readers call them, `pages()` those of this moment."""

    name: str
    label: str
    pages: Callable[[], Iterable[FixedPage]]


_groups = Registry("group of fixed pages")
all_groups = _groups.all
#: Name of a group -> label, filled as rooms register.
labels = {}


def register(group):
    """Make a group known; ValueError if its name is taken."""
    _groups.register(group)
    labels[group.name] = group.label


def all_pages():
    """(group, page) of every fixed page."""
    return [(group, page) for group in all_groups() for page in group.pages()]
