"""What is searched for, counted by day: `note_query`, `note_click`, and what may be shown of it.

Nobody is noted: no address, no account, no cookie, no time but the day, and no query that holds
numbers or addresses of persons. A brake by network stands in the cache and knows no query.

Clicks. A link of a result is the page's own address: a redirecting link would hide where it
leads, a parameter would pass by stored pages and be passed on with the link. Beside it stands
`ping` (HTML): the browser tells this site that the link was followed, without script and without
holding anybody up. A browser that sends none (Firefox, by its users' settings) is left in peace:
the figures are for comparing results, not for counting people. What the ping carries is signed
and names a row of the log, not a query, so that the words stand in no further address; it counts
once. No Referer leads elsewhere: the site's policy is same-origin.
"""

import logging
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django_ratelimit.core import is_ratelimited

from page_types.publication.patience import impatient
from page_types.publication.visitors import network_of
from page_types.review.checks.numbers import find
from search.analysis import tokens_of
from search.log_models import ClickDay, QueryDay
from search.vocabulary_models import folded

log = logging.getLogger(__name__)

SALT = "search.click"
#: How long after the search a click counts, and for how long the same one counts once.
CLICK_AGE = timedelta(hours=1)
#: Queries, and clicks, of one network that count.
RATE = "120/h"
#: Longer ones are pieces of a text, and may hold anything.
LONGEST = 60
#: Different queries kept of one day: whoever sends nonsense fills no disk.
MOST_A_DAY = 20_000
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d[-/.年](?:0?[1-9]|1[0-2])(?:[-/.月](?:[0-2]?\d|3[01])日?)?(?!\d)"
)
#: Seven digits, whatever parts them, may be a telephone or a part of something worse.
_DIGITS = re.compile(r"(?:\d[\s\-.()·]*){7}")
_MAIL = re.compile(r"\S@\S")


@dataclass(frozen=True)
class Noted:
    """A query as it was noted; `ping` makes what tells of a click on one of its results."""

    pk: int | None = None

    def ping(self, hit, position):
        """The address for a link's `ping`; empty where the query is not kept. First place: 1."""
        if self.pk is None:
            return ""
        # The number makes a link of its own of what two visitors get in the same second.
        which = [hit.document.source, hit.document.object_id, secrets.randbits(30)]
        what = [self.pk, position, *which]
        return f"{reverse('search_clicked')}?{urlencode({'t': signing.dumps(what, salt=SALT)})}"


def may_keep(text):
    """Whether a query may be kept: nothing personal in it, words to look for, not too long."""
    query = folded(text)
    if not query or len(query) > LONGEST or not tokens_of(query):
        return False
    if _MAIL.search(query) or _DIGITS.search(_DATE.sub(" ", query)):
        return False
    return not find(query)


def note_query(request, answer, *, again=False):
    """Count a query for today; `again`: another page, order or narrowing of one, not a new one.

    What staff ask who are signed in does not count: they try what visitors get.

    Never raises for what the database does: nobody's search fails because it cannot be counted.
    """
    text = answer.query.raw
    if answer.down or _is_staff(request) or not may_keep(text):
        return Noted()
    counts = not again and not _is_prefetch(request) and not _too_many(request, "search-asked")
    if not counts:
        return Noted(_row(folded(text)))
    try:
        with impatient(), transaction.atomic():
            return Noted(_counted(folded(text), answer))
    except DatabaseError as why:
        log.warning("a search was not counted: %s", why)
        return Noted()


def note_click(request, token):
    """Count a click by what its `ping` carries; False where it does not count (old, twice)."""
    try:
        what = signing.loads(token, salt=SALT, max_age=CLICK_AGE)
        query_day, position, source, object_id, _own = what
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if not cache.add(f"search-click:{token}", 1, CLICK_AGE.total_seconds()):
        return False
    if _too_many(request, "search-clicked"):
        return False
    if not QueryDay.objects.filter(pk=query_day).exists():
        return False
    which = {"query_day_id": query_day, "source": source, "object_id": object_id}
    try:
        with impatient(), transaction.atomic():
            _add(ClickDay, which, clicks=1, positions=position)
    except DatabaseError as why:
        log.warning("a click was not counted: %s", why)
        return False
    return True


def purge():
    """Forget what is older than PORTAL_SEARCH_LOG_DAYS; a sentence for the clock's log, if any."""
    limit = timezone.localdate() - timedelta(days=settings.PORTAL_SEARCH_LOG_DAYS)
    gone, _by_model = QueryDay.objects.filter(day__lt=limit).delete()
    return f"清除检索记录 / search log purged: {gone}" if gone else ""


def privacy_facts():
    """The figures of the privacy notice's paragraph."""
    return {"days": settings.PORTAL_SEARCH_LOG_DAYS}


def _counted(query, answer):
    today = timezone.localdate()
    counts = {
        "asked": 1,
        "empty": int(not answer.total),
        "relaxed": int(bool(answer.total) and answer.relaxed),
    }
    which = {"day": today, "query": query}
    if not _raised(QueryDay, which, counts, found=answer.total):
        if QueryDay.objects.filter(day=today).count() >= MOST_A_DAY:
            return None
        try:
            with transaction.atomic():
                return QueryDay.objects.create(**which, **counts, found=answer.total).pk
        except IntegrityError:  # somebody asked the same at the same moment
            _raised(QueryDay, which, counts, found=answer.total)
    return _row(query)


def _row(query):
    """The row of a query of today; None where there is none."""
    rows = QueryDay.objects.filter(day=timezone.localdate(), query=query)
    return rows.values_list("pk", flat=True).first()


def _raised(model, which, counts, **values):
    """Whether there was a row to raise the counts of."""
    raised = {name: F(name) + count for name, count in counts.items() if count}
    return model.objects.filter(**which).update(**raised, **values)


def _add(model, which, **counts):
    """Raise the counts of a row, or make it; two at once both count."""
    if _raised(model, which, counts):
        return
    try:
        with transaction.atomic():
            model.objects.create(**which, **counts)
    except IntegrityError:
        _raised(model, which, counts)


def _is_prefetch(request):
    """Whether a browser asks before anybody has."""
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


def _is_staff(request):
    """Whether somebody signed in asks, to see what visitors get; visitors have no session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _too_many(request, group):
    return is_ratelimited(
        request, group=group, key=lambda group, request: network_of(request), rate=RATE,
        increment=True,
    )  # fmt: skip
