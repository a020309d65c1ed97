"""Lists read from the ledger: newest first along an index, never through page rows or texts."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from page_types.publication import kinds
from page_types.publication.addresses import path_of
from page_types.publication.models import Column, Listing
from page_types.publication.snapshot import ColumnNode

PER_PAGE = 20


@dataclass(frozen=True)
class Row:
    """One line of a list; `line` holds what its type adds (`PortalPage.public_line`, facts)."""

    title: str
    url: str
    summary: str
    shown_at: datetime
    column: ColumnNode
    department: str
    line: dict = field(default_factory=dict, hash=False)
    type: str = ""
    page_id: int = 0
    pinned: bool = False


#: What a line needs; never the text.
_SHOWN = (
    "shown_at",
    "pinned",
    "entry__title",
    "entry__summary",
    "entry__type",
    "entry__line",
    "entry__facts",
    "entry__slug",
    "entry__column_id",
    "entry__department__name",
)


def _newest(listings, *first):
    shown = listings.select_related("entry__department").only("kind", "column_id", *_SHOWN)
    return shown.order_by(*first, "-shown_at", "-entry")


def row_of(site, entry, shown_at=None, pinned=False):
    """The line of an entry."""
    return Row(
        title=entry.title,
        url=path_of(site, entry),
        summary=entry.summary,
        shown_at=shown_at or entry.shown_at,
        column=site.by_id[entry.column_id],
        department=entry.department.name,
        line={**entry.facts, **entry.line},
        type=entry.type,
        page_id=entry.pk,
        pinned=pinned,
    )


def _rows(site, listings):
    return [row_of(site, listing.entry, listing.shown_at) for listing in listings]


def of_column(site, column_id, page_number=1, per_page=PER_PAGE):
    """The lines of one page of a column's list, pinned ones first, and the number of all its lines.

    A pin is part of the index along which the list is read (`listing_pinned_first`): a deep page
    skips over as many entries of the index as it did without pins, and no line stands twice.
    """
    listings = Listing.objects.filter(column_id=column_id)
    start = (page_number - 1) * per_page
    found = _newest(listings, "-pinned")[start : start + per_page]
    rows = [
        row_of(site, listing.entry, listing.shown_at, bool(listing.pinned)) for listing in found
    ]
    return rows, listings.count()


def last_update(node, newest=None):
    """When a column last changed, or None. `newest`: of its newest line, where that is known."""
    if newest is None:
        lines = Listing.objects.filter(column_id=node.pk).order_by("-shown_at")
        newest = lines.values_list("shown_at", flat=True).first()
    beside = kinds.get(node.kind).last_update
    return max((each for each in (newest, beside and beside()) if each), default=None)


def neighbours(site, entry):
    """(newer, older) line beside an entry in its own column's list, or None; one query for both."""
    listings = Listing.objects.filter(column_id=entry.column_id)
    here = {"shown_at": entry.shown_at, "entry_id": entry.pk}
    newer = listings.filter(_beyond("gt", **here)).order_by("shown_at", "entry")
    older = listings.filter(_beyond("lt", **here)).order_by("-shown_at", "-entry")
    wanted = Q(pk__in=newer.values("pk")[:1]) | Q(pk__in=older.values("pk")[:1])
    found = _newest(Listing.objects.filter(wanted))
    rows = {_place(listing) > (entry.shown_at, entry.pk): listing for listing in found}
    return tuple(
        row_of(site, rows[side].entry, rows[side].shown_at) if side in rows else None
        for side in (True, False)
    )


def _beyond(side, shown_at, entry_id):
    return Q(**{f"shown_at__{side}": shown_at}) | Q(
        **{"shown_at": shown_at, f"entry_id__{side}": entry_id}
    )


def _place(listing):
    return listing.shown_at, listing.entry_id


def newest_of_columns(site, counts):
    """Column id -> its newest lines, `counts` giving how many; one query for all."""
    wanted = Q(pk__in=[])
    for column_id, count in counts.items():
        newest = Listing.objects.filter(column_id=column_id).order_by("-shown_at", "-entry")
        wanted |= Q(pk__in=newest.values("pk")[:count])
    found = {column_id: [] for column_id in counts}
    for listing in _newest(Listing.objects.filter(wanted).select_related("entry")):
        found[listing.column_id].append(row_of(site, listing.entry, listing.shown_at))
    return found


def newest_below(site, node, count=PER_PAGE):
    """The newest lines of the columns below a group of columns; one query, one index walk each."""
    wanted = Q()
    for column in node.walk():
        newest = Listing.objects.filter(column_id=column.pk, own=True)
        wanted |= Q(pk__in=newest.order_by("-shown_at", "-entry").values("pk")[:count])
    return _rows(site, _newest(Listing.objects.filter(wanted))[:count])


def newest_of_kinds(site, counts):
    """Kind -> newest lines of its columns, `counts` giving how many; one query for all."""
    wanted = Q()
    for kind, count in counts.items():
        newest = Listing.objects.filter(kind=kind, own=True).order_by("-shown_at", "-entry")
        wanted |= Q(pk__in=newest.values("pk")[:count])
    found = {kind: [] for kind in counts}
    for listing in _newest(Listing.objects.filter(wanted)):
        found[listing.kind].append(row_of(site, listing.entry, listing.shown_at))
    return found


def last_updates():
    """Column id -> when it last changed; one index seek a column."""
    newest = Listing.objects.filter(column=OuterRef("pk")).order_by("-shown_at")
    columns = Column.objects.annotate(last=Subquery(newest.values("shown_at")[:1]))
    rows = list(columns.values_list("pk", "kind", "last"))
    beside = {}
    for name in {kind for _pk, kind, _last in rows}:
        if last_of_kind := kinds.get(name).last_update:
            beside[name] = last_of_kind()
    found = {}
    for pk, kind, last in rows:
        if moments := [each for each in (last, beside.get(kind)) if each]:
            found[pk] = max(moments)
    return found
