"""The lists that visitors read: which records, narrowed and in which order.

A natural person's name is never searched: whoever knows it would learn that there is a record.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from extensions.base.records.sheets.layouts import WIDE
from extensions.credit.models import KINDS, Code
from extensions.credit.models.states import PERSON, State

#: What visitors are told of a record's state.
STATUSES = {"public": _("公示中"), "corrected": _("已更正"), "withdrawn": _("已撤下")}
#: Order -> fields; a leading "-" turns it round.
ORDERS = {
    "decided": ("decided_on", "pk"),
    "public": ("public_on", "pk"),
    "number": ("document_number", "pk"),
    "issuer": ("issuer", "-decided_on", "pk"),
}
DEFAULT_ORDER = "-decided"
#: The column that says of which sort a record is, and its list of codes.
SORTS = {
    "licence": ("licence_kind", Code.List.LICENCE_KIND),
    "penalty": ("penalty_kinds", Code.List.PENALTY_KIND),
}
#: Where a word is looked for besides name, code and number.
_SUBJECTS = {"licence": "certificate_name", "penalty": "conduct"}


def sorts_of(kind):
    """(value, label) of the sorts that are or were in the list of codes."""
    labels = Code.objects.filter(list=SORTS[kind][1]).values_list("label", flat=True)
    return [(label, label) for label in dict.fromkeys(labels)]


def narrowed(records, kind, *, q="", year="", sort="", department="", status=""):
    """Records (public or told) that a visitor asks for; what cannot be meant finds nothing."""
    if q := q.strip():
        records = records.filter(_words(kind, q))
    if year:
        records = records.filter(decided_on__year=year) if _is_number(year) else records.none()
    if sort:
        records = records.filter(**{f"{SORTS[kind][0]}__contains": sort})
    if department:
        records = records.filter(department__code=department)
    if status:
        records = _of_status(records, status)
    return records


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) == 4 and text != "0000"


#: Brackets of a document's number as people type them.
_BRACKETS = ("〔〕", "()", "[]", "（）", "【】", "［］", "﹝﹞")


def _numbers(q):
    """A document's number may be asked for with other brackets, wide digits, spaces."""
    q = "".join(q.translate(WIDE).split())
    for opening, closing in _BRACKETS:
        q = q.replace(opening, "〔").replace(closing, "〕")
    asked = Q()
    for each in {q.replace("〔", pair[0]).replace("〕", pair[1]) for pair in _BRACKETS}:
        asked |= Q(document_number__icontains=each)
    return asked


def _words(kind, q):
    code = "".join(q.split()).upper()
    named = Q(name__icontains=q) | Q(**{f"{_SUBJECTS[kind]}__icontains": q})
    full = (named & ~Q(party_kind=PERSON)) | Q(credit_code=code)
    if kind == "licence":
        full |= Q(licence_number=code) | Q(licence_number=q)
    return _numbers(q) | (full & ~Q(state=State.WITHDRAWN))


def _of_status(records, status):
    if status == "withdrawn":
        return records.filter(state=State.WITHDRAWN)
    if status in STATUSES:
        return records.exclude(state=State.WITHDRAWN).filter(
            corrected_on__isnull=status == "public"
        )
    return records.none()


def ordered(records, order):
    """In one of ORDERS, or the newest decision first."""
    name = order.removeprefix("-")
    fields = ORDERS.get(name)
    if fields is None:
        return ordered(records, DEFAULT_ORDER)
    if order.startswith("-"):
        fields = [field[1:] if field.startswith("-") else f"-{field}" for field in fields]
    return records.order_by(*fields)


def years_of(kind):
    """Years from the newest public decision back to the oldest: two looks into the index."""
    days = KINDS[kind].objects.public().order_by("decided_on").values_list("decided_on", flat=True)
    first, last = days.first(), days.last()
    return list(range(last.year, first.year - 1, -1)) if first else []
