"""Kinds of columns: what stands in a column and how it is shown. Rooms above register theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from page_types.publication.registry import Registry


@dataclass(frozen=True)
class Kind:
    """A kind of column.

    `page_types` are the models that may be written in such a column; `urlconf` (dotted path) takes
    the addresses below the column's path, its views being called with `(request, entry, ...)`;
    `column_type` is the value of the ColumnType meta tag (domain facts, 5.1); `context` is
    `(reading, node, list_context) -> dict`, what the template gets besides; `last_update` is
    `() -> datetime or None`, when what stands there beside its texts last changed.
    """

    name: str
    label: str
    page_types: tuple = ("page_types.ArticlePage",)
    urlconf: str = ""
    template: str = "publication/column.html"
    column_type: str = ""
    context: Callable | None = None
    last_update: Callable | None = None


_kinds = Registry("column kind")
register = _kinds.register


def get(name):
    """The kind of that name; one whose extension is switched off is an ordinary list."""
    return _kinds.get(name) or Kind(name, _("栏目"))
