"""Public addresses of pages, asked of the ledger; one query for a whole list where it can be."""

from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot

_CACHE = "_public_paths"


def path_of(site, entry):
    """The public path of an entry."""
    node = site.by_id[entry.column_id]
    return f"{node.url}{entry.slug}/" if entry.slug else node.url


def public_path(page_id, request=None):
    """The public path of a page, or None while it is not public.

    Within one request answers are kept; `remember_paths` fetches a whole list beforehand.
    """
    known = {} if request is None else request.__dict__.setdefault(_CACHE, {})
    if page_id not in known:
        known.update(_fetch([page_id]))
    return known[page_id]


def remember_paths(request, page_ids):
    """Fetch the public paths of many pages in one query, for `public_path` to answer from."""
    request.__dict__.setdefault(_CACHE, {}).update(_fetch(page_ids))


def _fetch(page_ids):
    found = dict.fromkeys(page_ids)
    entries = Entry.objects.filter(pk__in=page_ids).only("page_id", "column_id", "slug")
    site = snapshot() if found else None
    found.update({entry.pk: path_of(site, entry) for entry in entries})
    return found
