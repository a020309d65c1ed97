"""Public pages that are no entries (data sets of open data …), as their rooms name them."""

from django.utils import translation
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext_lazy as _

from page_types.publication import fixed_pages
from search import indexing
from search.making import document
from search.sources import Source

NAME = "fixed"


class FixedSource(Source):
    """A page is known by its address."""

    def ids(self):
        return list(_pages())

    def documents(self, ids):
        found = _pages()
        return [_document(*found[each]) for each in ids if each in found]

    def shown(self, documents):
        found = _pages()
        kept = [each for each in documents if each.object_id in found]
        for each in kept:
            each.title = found[each.object_id][1].title
        return kept


def _pages():
    """Address -> (group, page), in the language that the index is made of."""
    with translation.override(None):
        return {page.url: (group, page) for group, page in fixed_pages.all_pages()}


def _document(group, page):
    updated = page.updated()
    if updated is not None:
        updated = (localtime(updated) if is_aware(updated) else updated).date()
    return document(
        NAME,
        page.url,
        kind=group.name,
        title=page.title,
        url=page.url,
        summary=page.summary,
        body=page.words,
        date=updated,
    )


source = FixedSource(NAME, _("固定页面"), fixed_pages.labels)


def read_anew():
    """By the clock: what was added with a new version of the portal, or has changed its words."""
    indexing.refresh(NAME, source.ids())
