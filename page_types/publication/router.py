"""From an address to a public page, in at most three queries and without the tree.

Order: longest column path, then the kind's own addresses, `page/N`, slug, former address (301 to
the present one, computed on reading: no chains, no loops), tombstone (410), 404. Doors are urls
of their own and come before (`portal.urls`).
"""

import re

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import Resolver404, get_resolver
from django.utils.http import urlencode

from page_types.publication import kinds
from page_types.publication.addresses import path_of
from page_types.publication.models import Address, Entry
from page_types.publication.snapshot import snapshot
from page_types.publication.tombstone import tombstone
from page_types.publication.views import public, show_entry

#: What an address can be made of; anything else (a NUL byte, say) is not asked of the database.
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,255}")


@public
def serve(request, path=""):
    """Every address that is no door."""
    site = request.site_snapshot = snapshot()  # read once, for the page of a missing one too
    trimmed = "/".join(part for part in path.split("/") if part)
    node, rest, former = site.longest(trimmed)
    if node is None:
        raise Http404
    if former:
        return _moved(request, node.url + "".join(f"{part}/" for part in rest))
    canonical = f"{trimmed}/" if trimmed else ""
    if path != canonical:
        return _moved(request, f"/{canonical}")
    if not rest:
        return show_entry(request, site, _entry(node.pk, ""))
    if answer := _kind_answer(request, node, rest):
        return answer
    if rest[0] == "page" and len(rest) == 2:
        return _list_page(request, site, node, rest[1])
    if len(rest) > 1 or not _SLUG.fullmatch(rest[0]):
        raise Http404
    entry = (
        Entry.objects.select_related("text", "department", "event")
        .filter(column_id=node.pk, slug=rest[0])
        .first()
    )
    if entry is not None:
        return show_entry(request, site, entry)
    return _former_address(request, site, node, rest[0])


def _entry(column_id, slug):
    try:
        return Entry.objects.select_related("text", "department", "event").get(
            column_id=column_id, slug=slug
        )
    except Entry.DoesNotExist:
        raise Http404 from None


def _list_page(request, site, node, number):
    """`page/N`, N from 2 on in plain digits; page 1 is the column itself."""
    if not (number.isascii() and number.isdigit() and len(number) < 9) or number != str(
        int(number)
    ):
        raise Http404
    if int(number) == 1:
        return _moved(request, node.url)
    if int(number) == 0:
        raise Http404
    return show_entry(request, site, _entry(node.pk, ""), int(number))


def _kind_answer(request, node, rest):
    """What the column's kind serves at its own addresses below the column, or None."""
    urlconf = kinds.get(node.kind).urlconf
    if not urlconf:
        return None
    try:
        match = get_resolver(urlconf).resolve("/" + "".join(f"{part}/" for part in rest))
    except Resolver404:
        return None
    return match.func(request, _entry(node.pk, ""), *match.args, **match.kwargs)


def _former_address(request, site, node, slug):
    """An address that a page once had: on to its present one, or its tombstone."""
    address = Address.objects.filter(column_id=node.pk, slug=slug).first()
    if address is None:
        raise Http404
    entry = Entry.objects.filter(pk=address.page_id).only("column_id", "slug").first()
    if entry is not None:
        return _moved(request, path_of(site, entry))
    return tombstone(request, site, node, address.page_id)


def _moved(request, url):
    query = request.GET.dict()
    return HttpResponsePermanentRedirect(f"{url}?{urlencode(query)}" if query else url)
