"""What the public may know of a document's past: what happened when, and what changed in it."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from page_types.comparison import compare
from page_types.publication.addresses import path_of
from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot
from page_types.publication.tombstone import last_state, tombstone
from page_types.publication.versions import public_past, versions_of
from page_types.publication.views import door, fragment, public

TYPE = "page_types.policypage"


def link_to_history(reading, entry, text):
    """The link below a policy document; a preview has no history yet."""
    if reading.preview:
        return ""
    return fragment("ext_history/link.html", {"entry": entry})


def _gone(request, page_id):
    """The tombstone of a withdrawn document: its history is withdrawn with it."""
    event = last_state(page_id)
    if event is None or event.text.type != TYPE:
        raise Http404
    site = snapshot()
    return tombstone(request, site, site.by_id.get(event.column_id), page_id)


def of_a_document(view):
    """A view of `(request, entry of a policy document, ...)`, by the number of its page."""

    @public
    def found(request, page_id, **kwargs):
        entry = Entry.objects.filter(pk=page_id, type=TYPE).first()
        return view(request, entry, **kwargs) if entry else _gone(request, page_id)

    return found


def _context(entry):
    return {
        "title": entry.title,
        "document_url": path_of(snapshot(), entry),
        "log_url": reverse("change_log", args=[entry.pk]),
        "page_id": entry.pk,
    }


@of_a_document
def change_log(request, entry):
    """Every publication, move and withdrawal, oldest first; and the form that compares two."""
    context = {
        **_context(entry),
        "events": public_past(entry.pk),
        "versions": versions_of(entry.pk)[::-1],
    }
    return door(request, "ext_history/change_log.html", request.path, context)


@of_a_document
def comparison(request, entry, old, new):
    """`compare/<event>/<event>/`: what changed from one public version to a later one.

    Versions are named by their events: a version that is hidden later shifts no address.
    """
    versions = {version.event.pk: version for version in versions_of(entry.pk)}
    if old not in versions or new not in versions or old >= new:
        raise Http404
    first, second = versions[old], versions[new]
    context = {
        **_context(entry),
        "old": first,
        "new": second,
        "changes": compare(first.event.text, second.event.text),
    }
    return door(request, "ext_history/comparison.html", request.path, context)


@of_a_document
def choose(request, entry):
    """`compare/?old=…&new=…`: the answer of the form, sent on with the older of the two first."""
    asked = (request.GET.get("old", ""), request.GET.get("new", ""))
    log = reverse("change_log", args=[entry.pk])
    if not all(each.isascii() and each.isdigit() and len(each) < 18 for each in asked):
        return redirect(f"{log}#compare")
    old, new = sorted(map(int, asked))
    return redirect(f"{log}#compare" if old == new else f"{log}compare/{old}/{new}/")
