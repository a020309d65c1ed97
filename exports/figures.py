"""Figures: named numbers of a period, each with the records that it counts."""

from collections.abc import Callable
from dataclasses import dataclass


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


_figures = {}


def register(figure):
    """Make a figure known; a name is taken once."""
    if figure.name in _figures:
        raise ValueError(f"figure registered twice: {figure.name}")
    _figures[figure.name] = figure


def get(name):
    """The figure of that name; KeyError if there is none."""
    return _figures[name]


def all_figures():
    """Every figure, by name."""
    return [_figures[name] for name in sorted(_figures)]
