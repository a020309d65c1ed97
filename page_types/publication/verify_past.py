"""Comparing what is public with what the events say: withdrawn, moved, pinned, blanked."""

from wagtail.models import Page

from page_types.publication.differences import Difference
from page_types.publication.models import Column, Entry, Event, Listing, Measure, Text
from page_types.publication.versions import PUBLICATIONS, hidden_texts, page_of

What = Event.What
#: Events that say whether a page is public, and where.
STATE = (*PUBLICATIONS, What.WITHDRAWN, What.MOVED)


def verify_past():
    """Yield every Difference between the events of pages and what was made of them."""
    state, place, pinned = {}, {}, {}
    events = Event.objects.filter(subject__startswith="page/").order_by("number")
    for event in events.only("subject", "what", "column_id").iterator(chunk_size=2000):
        page = page_of(event)
        if event.what in STATE:
            place[page] = event.column_id
            if event.what != What.MOVED:
                state[page] = event.what
        if event.what in (What.WITHDRAWN, What.MOVED, What.UNPINNED):
            pinned.pop(page, None)
        elif event.what == What.PINNED:
            pinned[page] = event.column_id
    yield from _public(state, place)
    yield from _listed(pinned)
    yield from _rows()
    yield from _measures()
    yield from _blanked()


def _public(state, place):
    entries = dict(Entry.objects.values_list("page_id", "column_id"))
    for page, what in sorted(state.items()):
        if (what == What.WITHDRAWN) == (page in entries):
            detail = (
                "已撤下，却仍有公开条目 / withdrawn, yet an entry is there"
                if page in entries
                else "应当公开，却没有条目 / public by its events, no entry"
            )
            yield Difference("entry", f"page {page}", detail, False)
        elif page in entries and entries[page] != place[page]:
            yield Difference("entry", f"page {page}", "栏目与事件不同 / another column", False)
    for page in sorted(entries.keys() - state.keys()):
        yield Difference("entry", f"page {page}", "没有发布事件 / no event", False)


def _listed(pinned):
    own = Listing.objects.filter(own=True).select_related("entry", "column")
    for listing in own.only("entry__column_id", "column__kind", "kind", "pinned").iterator():
        page, subject = listing.entry_id, f"page {listing.entry_id}"
        if (listing.column_id, listing.kind) != (listing.entry.column_id, listing.column.kind):
            yield Difference("listing", subject, "列表与条目不同 / listed elsewhere", False)
        if bool(listing.pinned) != (pinned.get(page) == listing.column_id):
            yield Difference("listing", subject, "置顶与事件不同 / pinned differently", False)
    stray = Listing.objects.filter(own=False, pinned__gt=0)
    for page in stray.values_list("entry_id", flat=True):
        yield Difference("listing", f"page {page}", "置顶与事件不同 / pinned differently", False)


def _rows():
    """Public pages stand below the page of their column."""
    columns = dict(Column.objects.exclude(page_id=None).values_list("pk", "page_id"))
    paths = dict(Page.objects.filter(pk__in=columns.values()).values_list("pk", "path"))
    public = dict(Entry.objects.exclude(slug="").values_list("page_id", "column_id"))
    for pk, path in Page.objects.filter(live=True).values_list("pk", "path").iterator():
        if pk in public and path[: -Page.steplen] != paths.get(columns.get(public[pk])):
            yield Difference("row", f"page {pk}", "页面行在另一栏目 / row in another column", False)


def _measures():
    """A measure that was carried out names an event, and that event exists."""
    done = Measure.objects.filter(state=Measure.State.DONE)
    lost = done.exclude(event_number__in=Event.objects.values("number"))
    for pk in lost.values_list("pk", flat=True):
        yield Difference("measure", f"measure {pk}", "没有对应的事件 / no event", False)


def _blanked():
    """A text without words was blanked by an event, and hidden before."""
    said = set()
    for event in Event.objects.filter(what=What.BLANKED):
        said |= set(event.detail["blanked"]) & hidden_texts(page_of(event))
    for digest in Text.objects.filter(content="").values_list("pk", flat=True):
        if digest not in said:
            yield Difference("text", digest[:12], "文本被清空 / text without words", False)
