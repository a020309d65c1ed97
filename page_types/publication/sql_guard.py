"""Refuses SQL of a public view that names the writing side: in tests and development.

A template that walks the tree or follows a foreign key to a page would show a draft's row to the
public. Here such a query is an error on the spot, not a leak found later.
"""

import re
from contextlib import contextmanager
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.db import connection


class WritingSideRead(AssertionError):
    """A public view asked a table of the writing side."""


@lru_cache(maxsize=1)
def _forbidden():
    """Matches the quoted name of Wagtail's page and revision tables and of every page type's."""
    from modelcluster.models import get_all_child_relations
    from wagtail.models import Page, Revision

    tables = {Page._meta.db_table, Revision._meta.db_table}
    for model in apps.get_models():
        if issubclass(model, Page):
            tables.add(model._meta.db_table)
            tables |= {r.related_model._meta.db_table for r in get_all_child_relations(model)}
            tables |= {field.m2m_db_table() for field in model._meta.local_many_to_many}
    return re.compile('"({})"'.format("|".join(sorted(map(re.escape, tables)))))


def _refuse_writing_side(execute, sql, params, many, context):
    if found := _forbidden().search(sql):
        raise WritingSideRead(f"公开视图读取了写作侧的表 {found[1]} / a public view read it: {sql}")
    return execute(sql, params, many, context)


@contextmanager
def reading_side_only():
    """Within this block the writing side cannot be read (where PORTAL_SQL_GUARD is on)."""
    if not settings.PORTAL_SQL_GUARD:
        yield
        return
    with connection.execute_wrapper(_refuse_writing_side):
        yield
