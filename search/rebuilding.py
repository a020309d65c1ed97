"""A new index beside the live one, and what differs between truth, documents and index."""

from itertools import accumulate

from django.db import transaction

from page_types.publication.models import Entry
from search import indexing, sources
from search.analysis import ANALYSIS_VERSION
from search.backends import engine
from search.backends.base import Drift
from search.documents import FACETS, SearchDocument

#: Documents that are written in one go, and tokens that they may have together.
BATCH, TOKENS = 2000, 2_000_000
#: What engines keep of a document; read as rows, for making instances takes longer than reading.
READ = ("pk", "title_folded", "body_folded", "document_number", "index_number", "fingerprint")
READ += ("length", "source", "audience", "date", *FACETS)


def bring_documents_in_line(anew=False, progress=lambda done, total: None):
    """Make the documents that are missing or behind, drop those that are too many.

    `anew`: every one, whatever it was made from. Returns how many were made.
    """
    made, current = 0, set() if anew else _current()
    for source in sources.all_sources():
        ids = list(source.ids())
        gone = SearchDocument.objects.filter(source=source.name)
        gone = set(gone.values_list("object_id", flat=True)) - set(ids)
        wanted = [pk for pk in ids if (source.name, pk) not in current] + sorted(gone)
        for batch in indexing.in_batches(wanted):
            made += indexing.refresh(source.name, batch)
            progress(made, len(wanted))
    indexing.catch_up()
    return made


def _current():
    """(source, object) of documents of pages that are of the entry's present publication."""
    found, entries = set(), dict(Entry.objects.values_list("pk", "event_id"))
    kept = SearchDocument.objects.filter(analysis=ANALYSIS_VERSION, hidden=False)
    kept = kept.exclude(page_id=None).values_list("source", "object_id", "page_id", "event_id")
    for source, object_id, page_id, event_id in kept.iterator():
        if entries.get(page_id) == event_id:
            found.add((source, object_id))
    return found


def rebuild(progress=lambda done, total: None):
    """Build the engine's index anew beside the live one and swap; resumes one cut short.

    Returns how many documents it has. What is published meanwhile is written to both.
    """
    motor = engine()
    running = motor.begin_rebuild()
    wanted = SearchDocument.objects.order_by("pk")
    total = wanted.count()
    progress(running.written, total)
    while _write_batch(motor, running, wanted):
        progress(running.written, total)
    motor.finish_rebuild(running)
    return running.written


@transaction.atomic
def _write_batch(motor, running, wanted):
    """Whether there was anything left. No other writer comes between reading and writing."""
    indexing.take_turn()
    rest = wanted.filter(pk__gt=running.done)
    lengths = list(rest.values_list("length", flat=True)[:BATCH])
    count = sum(together <= TOKENS for together in accumulate(lengths)) or 1
    documents = list(rest.values_list(*READ, named=True)[:count])
    motor.write_rebuild(running, documents)
    return bool(documents)


def verify(progress=lambda done, total: None):
    """Yield each Drift: documents against what their sources say now, then index against documents.

    `what` is a sentence for people; `pk` that of the document, 0 where there is none.
    """
    known = set()
    for source in sources.all_sources():
        ids, done = list(source.ids()), 0
        for batch in indexing.in_batches(ids):
            made = {each.object_id: each for each in source.documents(batch)}
            yield from _compare(source.name, batch, made)
            done += len(batch)
            progress(done, len(ids))
        known |= {(source.name, pk) for pk in ids}
    for pk, name, object_id in SearchDocument.objects.values_list("pk", "source", "object_id"):
        if (name, object_id) not in known:
            yield Drift(pk, f"{name} {object_id}: 已不存在或不公开 / not public any more")
    for drift in engine().drift():
        yield Drift(drift.pk, f"索引 / index: {WORDS.get(drift.what, drift.what)}")


#: What an engine says of a difference, in words.
WORDS = {
    "missing": "索引中没有 / missing",
    "extra": "索引中多余 / extra",
    "changed": "索引是旧的 / of another text",
}


def _compare(name, ids, made):
    kept = SearchDocument.objects.filter(source=name, object_id__in=ids)
    kept = {each.object_id: each for each in kept.only(*indexing.KEPT)}
    for object_id in ids:
        old, new = kept.get(object_id), made.get(object_id)
        if new is None:
            continue  # it went while we looked, or is for nobody
        said = f"{name} {object_id}"
        if old is None:
            yield Drift(0, f"{said}: 没有文档 / no document")
        elif old.analysis != ANALYSIS_VERSION:
            yield Drift(old.pk, f"{said}: 待更新 / waits to be indexed")
        elif old.fingerprint != new.fingerprint or old.event_id != new.event_id or old.hidden:
            yield Drift(old.pk, f"{said}: 与公开内容不同 / differs from what is public")
