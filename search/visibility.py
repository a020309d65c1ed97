"""What may be shown now: results join the ledger's current row when they are read.

"Gone at once" cannot wait for an index: whatever an engine finds, a page is shown only while the
ledger has it, with the very text that the index was made from.
"""

from page_types.publication.models import Entry


def visible(documents):
    """Those of the documents that are public at this moment, in their order. One query."""
    documents = list(documents)
    wanted = {each.page_id for each in documents if each.page_id is not None}
    texts = dict(Entry.objects.filter(pk__in=wanted).values_list("pk", "text_id"))
    return [
        each
        for each in documents
        if each.page_id is None or texts.get(each.page_id) == each.text_id
    ]
