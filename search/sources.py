"""Search sources: what can be found. Pages and their files are ours, rooms above register others.

class Letters(Source):
    def ids(self): ...                    # object ids of all that may be found
    def documents(self, ids): ...         # their documents, made now by `making.document()`
    def shown(self, documents): ...       # those that may still be shown at this moment

sources.register(Letters("letter", _("来信选登"), {"letter": _("来信选登")}))
indexing.changed("letter", [letter.pk])   # in the transaction of every change

A source that is not registered any more (its extension is off) is shown to nobody.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from page_types.publication.registry import Registry

#: Format of a document -> what readers call it; files have their extension in capital letters.
PAGE = "page"
FORMATS = {PAGE: _("网页"), "html": _("HTML 文件")}


@dataclass(frozen=True)
class Source:
    """Things of one sort that site search finds; a subclass says which.

    `name` is for addresses, `label` for readers, `kinds` are the kinds of its documents with their
    labels. `follows_ledger`: what becomes of its documents is told by the ledger's events.
    """

    name: str
    label: str
    kinds: dict = field(default_factory=dict, hash=False)

    follows_ledger = False

    def ids(self):
        """Object ids (text) of everything that may be found now, without making its documents."""
        return []

    def documents(self, ids):
        """Unsaved SearchDocuments of these objects; what may not be found (any more) is left out.

        Who may see one is its `audience`.
        """
        return []

    def shown(self, documents):
        """Those of these stored documents that may be shown at this moment, in any order.

        Their `title` and `url` become those of this moment. Asked whenever results are read.
        """
        return documents


_sources = Registry("search source")
register = _sources.register
all_sources = _sources.all
get = _sources.get


def kind_labels():
    """Kind of document -> label, of every source that is on."""
    return {kind: label for source in all_sources() for kind, label in source.kinds.items()}


def format_label(name):
    """What readers call a format (`docx` -> DOCX)."""
    return FORMATS.get(name, name.upper())
