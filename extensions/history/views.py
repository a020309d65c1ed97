"""What the public may know of a document's past: when it was published and revised, and by whom."""

from django.http import Http404

from page_types.publication.addresses import path_of
from page_types.publication.models import Entry, Event
from page_types.publication.models.events import page_subject
from page_types.publication.snapshot import snapshot
from page_types.publication.views import door, fragment, public


def link_to_history(reading, entry, text):
    """The link below a policy document; a preview has no history yet."""
    if reading.preview:
        return ""
    return fragment("ext_history/link.html", {"entry": entry})


@public
def change_log(request, page_id):
    """Every publication of a document of the ledger, oldest first."""
    entry = Entry.objects.filter(pk=page_id, type="page_types.policypage").first()
    if entry is None:
        raise Http404
    events = Event.objects.filter(subject=page_subject(page_id)).select_related("department")
    return door(
        request,
        "ext_history/change_log.html",
        request.path,
        {"title": entry.title, "events": events, "document_url": path_of(snapshot(), entry)},
    )
