"""What joins the index to the portal: sources, the ledger's events, the clock, a probe."""

from datetime import timedelta

from django.db.models.signals import post_save
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.publication import interfaces, scheduler
from page_types.publication.models import Entry, Event
from page_types.publication.versions import page_of
from page_types.review import probes
from search import (
    api_description,
    file_source,
    fixed_source,
    indexing,
    page_source,
    sources,
    title_words,
)
from search.analysis import fold, phrase_of
from search.backends import engine
from search.backends.base import TITLE, EngineDown, Phrase, Scope
from search.documents import SearchDocument

#: Documents with the very words of a title among which a page must be.
AMONG = 500
#: How often the clock reads the words of titles.
READ_TITLES = timedelta(minutes=30)


def connect():
    """Called once, when the room is ready."""
    for source in (page_source.source, file_source.source, fixed_source.source):
        if sources.get(source.name) is None:
            sources.register(source)
    post_save.connect(indexing.on_event, sender=Event, dispatch_uid="search_event")
    scheduler.register("search", indexing.catch_up)
    scheduler.register("search_fixed", fixed_source.read_anew, every=timedelta(days=1))
    scheduler.register("search_words", title_words.read_by_clock, every=READ_TITLES)
    about = interfaces.Interface(api_description.PATH, api_description.describe)
    if interfaces.get(about.name) is None:
        interfaces.register(about)
    probes.register(search_has_it, label=gettext_lazy("检索"), visits=True)


def search_has_it(event):
    """Site search finds the page by its title, as it is public now."""
    indexing.follow()
    entry = Entry.objects.filter(pk=page_of(event)).first()
    if entry is None:
        return ""
    kept = SearchDocument.objects.filter(source=page_source.NAME, object_id=str(entry.pk)).first()
    if kept is None or kept.hidden or kept.event_id != entry.event_id:
        return _("站内检索还没有收录这一页")
    tokens, prefix = phrase_of(fold(entry.title))
    if not tokens:
        return ""
    place = Scope(kinds=(kept.kind,), columns=(kept.column_id,))
    try:
        found = engine().find(Phrase(tuple(tokens), prefix, TITLE), place, AMONG)
    except EngineDown:
        return _("检索引擎没有应答，暂时检索不到这一页")
    if kept.pk not in {each.pk for each in found} and len(found) < AMONG:
        return _("站内检索按标题找不到这一页")
    return ""
