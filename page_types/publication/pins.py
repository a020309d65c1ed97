"""置顶: a line stands above the others of its column's own list, for a time.

Who keeps the column decides alone: pinning changes an order, no text. Every pin has a last day; the
clock (`run_scheduler`) ends it. Only the column's own list knows pins: home page, neighbours and
feeds of other columns go by date.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Counter, Event, Listing
from page_types.publication.models.events import page_subject
from page_types.publication.record import record_event

#: Posts that may pin in every column, the shared ones included.
KEEPERS = frozenset({Post.OFFICE, Post.CENTRE})


def why_not(user, column):
    """Why the user may not pin in the column, as a sentence; empty if he may."""
    duties = duties_of(user)
    if duties.posts & KEEPERS:
        return ""
    if column.shared:
        return _("各部门共用的栏目，由办公室、信息中心置顶。")
    if duties.reviewer_of & set(column.owners.values_list("pk", flat=True)):
        return ""
    return _("只有栏目责任处室的审核人、办公室、信息中心可以置顶。")


def last_day():
    """The last day that a pin made today may have."""
    return timezone.localdate() + timedelta(days=settings.PORTAL_PIN_DAYS)


@transaction.atomic
def pin(page_id, *, who, until, reason):
    """Put the page above its column's list until the end of the day `until`; returns the event.

    A page that is pinned already goes to the top, with the new last day.
    """
    listing = _own_listing(page_id, who)
    if not (reason or "").strip():
        raise PublicationRefused(_("请写明理由。"))
    if not timezone.localdate() <= until <= last_day():
        raise PublicationRefused(
            _("置顶须有截止日期，自今天起最长 %(days)d 天。") % {"days": settings.PORTAL_PIN_DAYS}
        )
    others = Listing.objects.filter(column_id=listing.column_id).exclude(pk=listing.pk)
    listing.pinned = (others.aggregate(top=Max("pinned"))["top"] or 0) + 1
    listing.pinned_until = until
    listing.save(update_fields=["pinned", "pinned_until"])
    facts = {"until": until.isoformat(), "reason": reason.strip()}
    return _record(listing, Event.What.PINNED, who, facts)


@transaction.atomic
def unpin(page_id, *, who, reason):
    """Take the page back into the order of dates; returns the event."""
    listing = _own_listing(page_id, who)
    if not listing.pinned:
        raise PublicationRefused(_("页面没有置顶。"))
    if not (reason or "").strip():
        raise PublicationRefused(_("请写明理由。"))
    return _end(listing, who, {"reason": reason.strip()})


def end_due(today=None):
    """End the pins whose last day is over, each for itself; returns a sentence for the log."""
    over = Listing.objects.filter(pinned__gt=0, pinned_until__lt=today or timezone.localdate())
    count = 0
    for pk in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            Counter.lock(Counter.EVENT)
            if listing := _shown(over).filter(pk=pk).first():
                _end(listing, None, {"until": listing.pinned_until.isoformat()})
                count += 1
    return f"置顶到期 / pins ended: {count}" if count else ""


def _shown(listings):
    return listings.select_related("column", "entry__department").defer("entry__facts")


def _own_listing(page_id, who):
    """The page's line in its own column, under the ledger's lock, if the user may pin there."""
    Counter.lock(Counter.EVENT)
    listing = _shown(Listing.objects.filter(entry_id=page_id, own=True)).first()
    if listing is None:
        raise PublicationRefused(_("页面不在公开状态，不能置顶。"))
    if why := why_not(who, listing.column):
        raise PublicationRefused(why)
    return listing


def _end(listing, who, facts):
    listing.pinned, listing.pinned_until = 0, None
    listing.save(update_fields=["pinned", "pinned_until"])
    return _record(listing, Event.What.UNPINNED, who, facts)


def _record(listing, what, who, facts):
    return record_event(
        subject=page_subject(listing.entry_id),
        what=what,
        who=who,
        authority="pin" if who else "clock",
        title=listing.entry.title,
        column=listing.column,
        department=listing.entry.department,
        kind=listing.kind,
        detail=facts,
    )
