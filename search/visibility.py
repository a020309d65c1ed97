"""What may be shown now: results join the ledger's current row when they are read.

"Gone at once" cannot wait for an index: whatever an engine finds, a page or its file is shown only
while the ledger has it, by the very publication that the document was made from; a record only
while its source says so; and nothing of a source that is not on.
"""

from page_types.publication.models import Entry
from search import sources
from search.documents import SearchDocument

PUBLIC = SearchDocument.Audience.PUBLIC


def visible(documents, audience=PUBLIC):
    """Those of these stored documents that `audience` may see at this moment, in their order.

    Title and address are those of this moment; a page or file brings `.entry` along. One query for
    pages and files together, and what each source of records asks.
    """
    documents = [
        each for each in documents if not each.hidden and audience in (each.audience, "staff")
    ]
    _join_entries(documents)
    shown = set()
    for source in sources.all_sources():
        own = [
            each
            for each in documents
            if each.source == source.name and (each.page_id is None or each.entry is not None)
        ]
        if own:
            shown |= {each.pk for each in source.shown(own)}
    return [each for each in documents if each.pk in shown]


def _join_entries(documents):
    """Set `entry`: the ledger's row of the page, if it is still of the document's publication."""
    wanted = {each.page_id for each in documents if each.page_id is not None}
    entries = Entry.objects.only("title", "slug", "column_id", "event_id", "shown_at").in_bulk(
        wanted
    )
    for each in documents:
        entry = entries.get(each.page_id)
        each.entry = entry if entry and entry.event_id == each.event_id else None
