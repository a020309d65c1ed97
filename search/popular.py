"""热门检索: what many look for, so that others find it with one click.

Whatever stands here stands on a public page. So it is a query that was asked on several days and
several times, that the office has not hidden, and that public documents have word for word: what
somebody would like to see here, but nobody has published, cannot be planted.
"""

from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.db.models import Count, F, Sum
from django.utils import timezone

from page_types.publication.models import Counter
from search.backends import engine
from search.backends.base import EngineDown, Scope
from search.documents import SearchDocument
from search.log_models import QueryDay
from search.query import parse
from search.ranking.matching import Matcher
from search.visibility import visible
from search.vocabulary import vocabulary

#: Days that count, on how many of them and how often it must have been asked.
PERIOD, FEWEST_DAYS, FEWEST = 30, 2, 5
#: Characters of a popular query, at least and at most.
SHORTEST, LONGEST = 2, 20
#: So many are looked at for each that is wanted, and of each so many documents.
CANDIDATES, DOCUMENTS = 4, 5

_kept = {}


def popular(limit=8):
    """The popular queries, most asked first; worked out anew with each day, event and entry."""
    alias, version = connection.settings_dict["NAME"], _version()
    kept = _kept.get((alias, limit))
    if kept is None or kept[0] != version:
        try:
            kept = version, _worked_out(limit)
        except EngineDown:
            return []
        _kept[alias, limit] = kept
    return list(kept[1])


def _version():
    """What an answer depends on beside the log, which may be a little behind."""
    event = Counter.objects.filter(pk=Counter.EVENT).values_list("value", flat=True).first()
    return timezone.localdate(), timezone.localtime().hour, event, vocabulary().version


def _worked_out(limit):
    """Candidates by how often they were asked, as far as they may be shown."""
    shown, known = [], vocabulary()
    for query in _candidates(limit * CANDIDATES):
        if may_show(query, known):
            shown.append(query)
            if len(shown) == limit:
                break
    return tuple(shown)


def _candidates(limit):
    since = timezone.localdate() - timedelta(days=PERIOD)
    asked = QueryDay.objects.filter(day__gte=since).values("query")
    asked = asked.annotate(days=Count("pk"), times=Sum("asked"), nothing=Sum("empty"))
    asked = asked.filter(days__gte=FEWEST_DAYS, times__gte=FEWEST, nothing__lt=F("times"))
    return asked.order_by("-times", "query").values_list("query", flat=True)[:limit]


def may_show(query, known):
    """Whether a query may stand on a public page: short, not hidden, said in public."""
    if not SHORTEST <= len(query) <= LONGEST or any(word in query for word in known.hidden):
        return False
    asked = parse(query)
    if asked.narrows or not asked.asks:
        return False
    match = Matcher(asked, replace(known, synonyms={})).strict()
    found = [each.pk for each in engine().find(match, Scope(), DOCUMENTS)]
    documents = SearchDocument.objects.filter(pk__in=found)
    return bool(visible(documents.defer("title_folded", "body_folded", "body")))
