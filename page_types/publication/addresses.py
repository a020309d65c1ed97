"""Public addresses of pages, asked of the ledger; an admin list asks once for all its rows."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import CharField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from page_types.publication.models import Entry, Event
from page_types.publication.models.events import page_subject
from page_types.publication.snapshot import snapshot

#: page id -> public path (None: not public), and the columns, as found during one admin request
_book = ContextVar("publication_address_book", default=None)

#: What `with_place` adds to pages of a list.
COLUMN, SLUG, EVER = "_public_column_id", "_public_slug", "_ever_public"


def path_of(site, entry):
    """The public path of an entry."""
    return _path(site, entry.column_id, entry.slug)


def _path(site, column_id, slug):
    node = site.by_id[column_id]
    return f"{node.url}{slug}/" if slug else node.url


@contextmanager
def address_book():
    """Within one admin request no address is asked for twice, and the columns are read once."""
    token = _book.set({})
    try:
        yield
    finally:
        _book.reset(token)


def forget_addresses():
    """After a publication: ask anew."""
    if (book := _book.get()) is not None:
        book.clear()


def _site():
    book = _book.get()
    if book is None:
        return snapshot()
    if "site" not in book:
        book["site"] = snapshot()
    return book["site"]


def with_place(pages):
    """The page queryset with what `path_of_page` and `was_public` need, in the same query."""
    entries = Entry.objects.filter(pk=OuterRef("pk"))
    subject = Concat(Value("page/"), Cast(OuterRef("pk"), CharField()))
    return pages.annotate(
        **{
            COLUMN: Subquery(entries.values("column_id")[:1]),
            SLUG: Subquery(entries.values("slug")[:1]),
            EVER: Exists(Event.objects.filter(subject=subject)),
        }
    )


def path_of_page(page):
    """The public path of a page row, or None; rows of `with_place` bring the answer along."""
    if COLUMN not in page.__dict__:
        return public_path(page.pk)
    column_id = page.__dict__[COLUMN]
    return _path(_site(), column_id, page.__dict__[SLUG]) if column_id else None


def public_path(page_id):
    """The public path of the page of that number, or None while it is not public."""
    book = _book.get()
    if book is not None and page_id in book:
        return book[page_id]
    entry = Entry.objects.filter(pk=page_id).only("page_id", "column_id", "slug").first()
    path = path_of(_site(), entry) if entry else None
    if book is not None:
        book[page_id] = path
    return path


def was_public(page):
    """Whether the page is, or ever was, public."""
    if EVER in page.__dict__:
        return page.__dict__[EVER]
    return Event.objects.filter(subject=page_subject(page.pk)).exists()
