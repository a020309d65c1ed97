"""Keeps the documents and the engine's index in step with what is public.

The ledger is followed by the number of its last event, as other followers are: whoever dies between
the commit and the call loses nothing, the next publication or the clock goes on from there. Within
the ledger's own transaction only one thing happens: what ceases to be public is hidden.

Records of other rooms are marked in the transaction of their change (`changed()`) and made after
it. Such a mark, like an engine that was down, leaves a document *owed* (`analysis` 0): the clock
pays what is owed.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone

from page_types.publication.models import Counter, Entry, Event
from page_types.publication.versions import PUBLICATIONS, page_of
from search import sources
from search.analysis import ANALYSIS_VERSION
from search.backends import engine
from search.backends.base import EngineDown
from search.documents import SearchDocument
from search.file_source import NAME as FILE
from search.page_source import NAME as PAGE

log = logging.getLogger(__name__)

#: Name of the counter: the number of the last event dealt with.
FOLLOWED = "search/index"
#: Events, and documents, that one transaction deals with.
BATCH = 200
What = Event.What
#: Events after which a page's words, place or address are others.
OF_PAGES = frozenset({*PUBLICATIONS, What.WITHDRAWN, What.MOVED})
#: Events by which the words that were public cease to be.
ENDING = frozenset({What.WITHDRAWN, What.REVISED, What.RESTORED})
#: A document that is owed to the index.
OWED = 0
#: The words of a document.
WORDS = ("title", "title_folded", "summary", "body", "body_folded")
#: What is read of a document that stands there already.
KEPT = ("object_id", "fingerprint", "analysis", "hidden", "event_id", "url")

_put_off = ContextVar("search_index_put_off", default=False)


# --- after an event ------------------------------------------------------------------------------


def on_event(instance, **kwargs):
    """Receiver of new events, in the ledger's transaction."""
    if instance.what in ENDING:
        SearchDocument.objects.filter(page_id=page_of(instance)).update(hidden=True)
    if instance.what in OF_PAGES or instance.what == What.RE_OWNED:
        transaction.on_commit(after_commit, robust=True)


def after_commit():
    """Deal with one batch of events; a long arrears (a new index, a bulk load) is the clock's."""
    if not _put_off.get() and _is_behind():
        _follow_batch()


@contextmanager
def put_off():
    """Within, publications wait to be indexed together at the end: for bulk loads."""
    token = _put_off.set(True)
    try:
        yield
    finally:
        _put_off.reset(token)
    follow()


def follow():
    """Deal with all events since the last time; returns how many documents were made."""
    made = 0
    while _is_behind():
        made += _follow_batch()
    return made


def _is_behind():
    last = Counter.objects.filter(pk=FOLLOWED).values_list("value", flat=True).first() or 0
    return Event.objects.filter(number__gt=last).exists()


@transaction.atomic
def _follow_batch():
    """How many documents the next events made; whoever else follows at this moment waits."""
    place = take_turn()
    fields = ("number", "what", "subject", "column_id", "department_id")
    events = Event.objects.filter(number__gt=place.value).order_by("number")
    events = list(events.only(*fields)[:BATCH])
    made = 0
    if pages := {page_of(event) for event in events if event.what in OF_PAGES}:
        made = _refresh_pages(pages)
    for event in events:
        if event.what == What.RE_OWNED:
            _re_own(event)
    if events:
        place.value = events[-1].number
        place.save(update_fields=["value"])
    return made


def _refresh_pages(pages):
    files = sources.get(FILE).ids_of(pages)
    known = SearchDocument.objects.filter(source=FILE, page_id__in=pages)
    files += known.values_list("object_id", flat=True)
    return refresh(PAGE, map(str, pages)) + refresh(FILE, files)


def _re_own(event):
    """The whole column's documents: their department at once, the index of words by the clock."""
    documents = SearchDocument.objects.filter(page_id__in=_entries_of(event.column_id))
    documents.update(department_id=event.department_id, analysis=OWED)


def _entries_of(column_id):
    return Entry.objects.filter(column_id=column_id).values("pk")


# --- records of other rooms ----------------------------------------------------------------------


def changed(source, ids):
    """Records of a source have come, changed or gone; to be called in the transaction of the act.

    They are found no more until the transaction has ended, then as the source gives them.
    """
    ids = [str(pk) for pk in ids]
    SearchDocument.objects.bulk_create(
        [
            SearchDocument(source=source, object_id=pk, hidden=True, kind="", url="", title="")
            for pk in ids
        ],
        ignore_conflicts=True,
    )
    of_these = SearchDocument.objects.filter(source=source, object_id__in=ids)
    of_these.update(hidden=True, analysis=OWED)
    transaction.on_commit(lambda: refresh(source, ids), robust=True)


# --- documents -----------------------------------------------------------------------------------


@transaction.atomic
def refresh(source, ids):
    """Make the documents of these objects anew, in the table and in the index; how many there are.

    What its source does not give any more goes from both. Writers of the index take turns, so that
    none puts back what another has just taken out.
    """
    ids = list(dict.fromkeys(ids))
    giver = sources.get(source)
    take_turn()
    made = {each.object_id: each for each in giver.documents(ids)} if giver and ids else {}
    known = SearchDocument.objects.filter(source=source, object_id__in=ids).only(*KEPT)
    old = {each.object_id: each for each in known}
    new = [each for pk, each in made.items() if pk not in old]
    SearchDocument.objects.bulk_create(new)
    changed = [each for pk, each in made.items() if pk in old and _replace(old[pk], each)]
    _write([*new, *changed])
    _erase([each for pk, each in old.items() if pk not in made])
    return len(made)


def take_turn():
    """Wait for whoever else writes the index; the transaction must be open."""
    return Counter.lock(FOLLOWED)


def _replace(old, made):
    """Put the newly made document in the old one's place; whether the index has to know."""
    made.pk, made._state.adding = old.pk, False
    if (old.fingerprint, old.analysis) != (made.fingerprint, made.analysis):
        made.save(force_update=True)
        return True
    if (old.hidden, old.event_id, old.url) != (False, made.event_id, made.url):
        made.save(update_fields=["hidden", "event_id", "url"])
    return False


def _write(documents):
    """To the engine; while it is down they are owed."""
    if not documents:
        return
    try:
        with transaction.atomic():
            engine().write(documents)
    except EngineDown:
        log.warning("search engine is down: %d documents wait", len(documents))
        of_these = SearchDocument.objects.filter(pk__in=[each.pk for each in documents])
        of_these.update(analysis=OWED)


def _erase(documents):
    """From both; while the engine is down they are hidden and owed, and their words gone."""
    if not documents:
        return
    of_these = SearchDocument.objects.filter(pk__in=[each.pk for each in documents])
    try:
        with transaction.atomic():
            engine().erase([each.pk for each in documents])
    except EngineDown:
        of_these.update(analysis=OWED, hidden=True, facts={}, **dict.fromkeys(WORDS, ""))
    else:
        of_these.delete()


# --- by the clock --------------------------------------------------------------------------------


def catch_up():
    """Everything that is behind or owed; returns a sentence for the log, if any. Bears repetition.

    While the engine is down only the documents are kept.
    """
    made = follow() + _appeared_and_gone() + _run_out()
    made += _pay()
    return f"检索索引 / indexed: {made}" if made else ""


def _pay():
    """What is owed, in batches. Where a batch stays owed the engine is down: later."""
    made, last = 0, 0
    owed = SearchDocument.objects.exclude(analysis=ANALYSIS_VERSION).order_by("pk")
    while batch := list(owed.filter(pk__gt=last).values_list("pk", "source", "object_id")[:BATCH]):
        last = batch[-1][0]
        for source in {source for _pk, source, _object in batch}:
            made += refresh(source, [pk for _pk, name, pk in batch if name == source])
        if owed.filter(pk=last).exists():
            break
    return made


def _appeared_and_gone():
    """A source that has been switched off takes its documents along; a new one brings them."""
    names = {source.name for source in sources.all_sources()}
    known = set(SearchDocument.objects.order_by().values_list("source", flat=True).distinct())
    for name in known - names:
        of_it = SearchDocument.objects.filter(source=name)
        while batch := list(of_it.values_list("object_id", flat=True)[:BATCH]):
            refresh(name, batch)
            if len(batch) == of_it.filter(object_id__in=batch).count():
                break  # the engine is down
    new = [s for s in sources.all_sources() if s.name not in known and not s.follows_ledger]
    return sum(refresh(source.name, batch) for source in new for batch in in_batches(source.ids()))


def _run_out():
    """Documents whose 有效期 has passed are 失效 although nobody has said so."""
    today = timezone.localdate().isoformat()
    over = SearchDocument.objects.filter(
        validity__in=("valid", "amended"), facts__expiry_date__lt=today
    )
    return refresh(PAGE, list(over.values_list("object_id", flat=True)[:BATCH]))


def in_batches(items, size=BATCH):
    """Lists of at most `size` items."""
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
