"""Lists read from the ledger: newest first along an index, never through page rows or texts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from page_types.publication.addresses import path_of
from page_types.publication.models import Column, Listing
from page_types.publication.snapshot import ColumnNode

PER_PAGE = 20


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    title: str
    url: str
    summary: str
    shown_at: datetime
    column: ColumnNode
    department: str


#: What a line needs; never the text.
_SHOWN = (
    "shown_at",
    "entry__title",
    "entry__summary",
    "entry__slug",
    "entry__column_id",
    "entry__department__name",
)


def _newest(listings):
    shown = listings.select_related("entry__department").only("kind", *_SHOWN)
    return shown.order_by("-shown_at", "-entry")


def row_of(site, entry, shown_at=None):
    """The line of an entry."""
    return Row(
        title=entry.title,
        url=path_of(site, entry),
        summary=entry.summary,
        shown_at=shown_at or entry.shown_at,
        column=site.by_id[entry.column_id],
        department=entry.department.name,
    )


def _rows(site, listings):
    return [row_of(site, listing.entry, listing.shown_at) for listing in listings]


def of_column(site, column_id, page_number=1, per_page=PER_PAGE):
    """The lines of one page of a column's list, and the number of all its lines."""
    listings = Listing.objects.filter(column_id=column_id)
    start = (page_number - 1) * per_page
    return _rows(site, _newest(listings)[start : start + per_page]), listings.count()


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
    """Column id -> date of its newest line; one index seek a column."""
    newest = Listing.objects.filter(column=OuterRef("pk")).order_by("-shown_at")
    return dict(
        Column.objects.annotate(last=Subquery(newest.values("shown_at")[:1]))
        .exclude(last=None)
        .values_list("pk", "last")
    )
