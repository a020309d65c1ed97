"""Figures: named numbers of a period, each with the records that it counts."""

from collections.abc import Callable
from dataclasses import dataclass

from page_types.publication.registry import Registry


@dataclass(frozen=True)
class Figure:
    """A named number.

    `records(start, end)` is the queryset of what is counted from day `start` to day `end`, both
    included; the number is its count, so that a figure shown anywhere can be drilled down.
    """

    name: str
    label: str
    records: Callable

    def value(self, start, end):
        """The number for the period."""
        return self.records(start, end).count()


_figures = Registry("figure")
register = _figures.register
get = _figures.get
all_figures = _figures.all
