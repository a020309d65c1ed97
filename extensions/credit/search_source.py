"""Site search finds licences and penalties by what visitors see of them."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from extensions.credit.models import KINDS
from page_types.publication.snapshot import snapshot
from search.making import document
from search.sources import Source

LABELS = {"licence": _("行政许可"), "penalty": _("行政处罚")}
#: What the body of a document is made of, besides title and number.
_WORDS = {
    "licence": ("credit_code", "legal_person", "licence_kind", "certificate_name",
                "licence_number", "content", "issuer"),
    "penalty": ("credit_code", "legal_person", "conduct", "facts", "basis", "penalty_kinds",
                "content", "issuer"),
}  # fmt: skip


class CreditSource(Source):
    """A record is `licence/12`."""

    def ids(self):
        for kind, model in KINDS.items():
            for pk in model.objects.public().values_list("pk", flat=True).iterator():
                yield f"{kind}/{pk}"

    def documents(self, ids):
        column = next((n for n in snapshot().by_id.values() if n.kind == "credit"), None)
        with translation.override(None):
            return [_document(record, column and column.pk) for record in _public(ids).values()]

    def shown(self, documents):
        found = _public([each.object_id for each in documents])
        for each in documents:
            if record := found.get(each.object_id):
                each.title, each.url = title_of(record), record.get_absolute_url()
        return [each for each in documents if each.object_id in found]


def title_of(record):
    """What a record is called in lists and feeds."""
    return f"{record.document_number} {record.shown_name} {record.subject}"[:200]


def _public(ids):
    """Public records of these ids, by id."""
    wanted = {kind: [] for kind in KINDS}
    for each in ids:
        kind, _slash, number = each.partition("/")
        if kind in wanted and number.isdigit():
            wanted[kind].append(int(number))
    return {
        f"{kind}/{record.pk}": record
        for kind, keys in wanted.items()
        if keys
        for record in KINDS[kind].objects.public().filter(pk__in=keys)
    }


def _document(record, column_id):
    words = [record.shown(attr) for attr in _WORDS[record.kind]]
    return document(
        "credit",
        f"{record.kind}/{record.pk}",
        kind=record.kind,
        title=title_of(record),
        url=record.get_absolute_url(),
        summary=record.shown("content")[:200],
        body="\n".join(filter(None, words)),
        date=record.decided_on,
        document_number=record.document_number[:100],
        department_id=record.department_id,
        column_id=column_id,
    )


source = CreditSource("credit", _("信用信息双公示"), LABELS)
