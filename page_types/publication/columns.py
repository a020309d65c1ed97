"""Columns as the writing side uses them: which column a page stands in, paths, the menu's token."""

import secrets

from django.utils.translation import gettext as _
from wagtail.models import Page

from page_types.publication.errors import AddressTaken
from page_types.publication.models import Address, Column, ColumnPath, Counter


def column_of(page):
    """The column of a page: its own record for column pages, else its parent's, or None."""
    parent_path = page.path[: -page.steplen]
    pages = dict(Page.objects.filter(path__in=[page.path, parent_path]).values_list("path", "pk"))
    columns = {
        column.page_id: column for column in Column.objects.filter(page_id__in=pages.values())
    }
    return columns.get(page.pk) or columns.get(pages.get(parent_path))


def set_path(column, path):
    """Give a column its present path. The former one stays and redirects; nothing else moves.

    Raises AddressTaken if another column has, or had, that path, or if an article stands there.
    """
    taken = ColumnPath.objects.filter(path=path).exclude(column=column).first()
    parent, _slash, slug = path.rpartition("/")
    article = Address.objects.filter(
        slug=slug, column__paths__path=parent, column__paths__current=True
    ).exists()
    if taken or (article and path):
        raise AddressTaken(
            _("网址 /%(path)s/ 已属于另一栏目或文章，不能再给栏目 %(key)s，请换一个网址段。")
            % {"path": path, "key": column.key}
        )
    column.paths.filter(current=True).exclude(path=path).update(current=False)
    ColumnPath.objects.update_or_create(path=path, defaults={"column": column, "current": True})


def touch_columns():
    """Menus, paths and owners are read anew from now on.

    A random token rather than a count: a rolled-back transaction restores the token together with
    the content that it stood for.
    """
    counter = Counter.lock(Counter.COLUMNS)
    counter.value = secrets.randbits(62)
    counter.save(update_fields=["value"])


def columns_token():
    """The present token; one query."""
    return Counter.objects.filter(pk=Counter.COLUMNS).values_list("value", flat=True).first()
