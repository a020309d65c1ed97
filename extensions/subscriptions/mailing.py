"""Telling subscribers what is new: a follower of the ledger, one mail an address and run."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import ngettext

from extensions.base.mail import letter
from extensions.subscriptions import services
from extensions.subscriptions.models import Subscription
from page_types.publication.addresses import path_of
from page_types.publication.models import Counter, Event, Listing
from page_types.publication.models.events import page_subject
from page_types.publication.snapshot import snapshot

log = logging.getLogger(__name__)

#: After this long a run that marked an address is taken for dead.
CLAIM = timedelta(hours=1)


def send_news():
    """Mail every confirmed subscriber the new publications of his columns.

    Returns (sent, failed): numbers of mails. What could not be mailed stays due; an address is
    marked while it is mailed, so that two runs at once send nothing twice.
    """
    newest = Counter.objects.filter(pk=Counter.EVENT).values_list("value", flat=True).first() or 0
    due = Subscription.objects.exclude(confirmed_at=None).filter(last_event__lt=newest)
    after = due.aggregate(least=Min("last_event"))["least"]
    if after is None:
        return 0, 0
    news = _news(after, newest)
    sent = failed = 0
    connection = get_connection()
    for email in due.order_by("email").values_list("email", flat=True).distinct():
        mine = _claim(due.filter(email=email))
        message = _message(mine, news)
        if message is not None:
            message.connection = connection
            try:
                message.send()
            except Exception:
                # Whatever it is, the others get theirs; the number, never the address, is logged.
                log.exception("news could not be mailed to subscription %s", mine[0].pk)
                connection.close()
                _release(mine)
                failed += 1
                continue
            sent += 1
        _release(mine, last_event=newest)
    connection.close()
    return sent, failed


def _claim(subscriptions):
    """Those of an address that no other run is mailing; marked from now on."""
    now = timezone.now()
    free = subscriptions.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM))
    numbers = list(free.values_list("pk", flat=True))
    mine = [
        pk
        for pk in numbers
        if Subscription.objects.filter(pk=pk)
        .filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM))
        .update(claimed_at=now)
    ]
    return list(Subscription.objects.filter(pk__in=mine).order_by("pk"))


def _release(mine, **fields):
    Subscription.objects.filter(pk__in=[each.pk for each in mine]).update(claimed_at=None, **fields)


def _news(after, newest):
    """Column id -> [(event number, entry)]: first publications of that span that are public now.

    Demonstration content is nobody's news. An old shown date hides nothing: the number counts.
    """
    events = Event.objects.filter(
        number__gt=after, number__lte=newest, what=Event.What.PUBLISHED
    ).exclude(source=Event.Source.DEMO)
    numbers = dict(events.values_list("subject", "number"))
    pages = [int(subject.partition("/")[2]) for subject in numbers]
    found = {}
    listings = Listing.objects.filter(entry_id__in=pages).select_related("entry")
    for listing in listings.defer("entry__facts", "entry__line"):
        number = numbers[page_subject(listing.entry_id)]
        found.setdefault(listing.column_id, []).append((number, listing.entry))
    return found


def _message(mine, news):
    """The mail to one address, or None when none of its columns has anything new."""
    site, sections, seen = snapshot(), [], set()
    for subscription in mine:
        node = site.by_id.get(subscription.column_id)
        if node is None:
            continue
        fresh = sorted(
            (number, entry.pk, entry)
            for number, entry in news.get(node.pk, ())
            if number > subscription.last_event and entry.pk not in seen
        )
        if fresh:
            seen |= {pk for _number, pk, _entry in fresh}
            sections.append((subscription, node, [entry for _number, _pk, entry in fresh]))
    if not sections:
        return None
    stop_all_url = services.stop_all_url(mine[0])
    return letter(
        ngettext("%(site)s：%(count)d 条新信息", "%(site)s：%(count)d 条新信息", len(seen))
        % {"site": site.name, "count": len(seen)},
        "ext_subscriptions/mail/news.txt",
        {
            "site": site,
            "site_url": settings.SITE_URL,
            "stop_all_url": stop_all_url,
            "sections": [
                _section(site, node, entries, subscription)
                for subscription, node, entries in sections
            ],
        },
        mine[0].email,
        headers=services.one_click(stop_all_url),
    )


def _section(site, node, entries, subscription):
    """One column of the mail, newest first, cut where it would be endless."""
    longest = settings.SUBSCRIPTION_LONGEST_MAIL
    newest = list(reversed(entries))
    return {
        "title": node.title,
        "url": settings.SITE_URL + node.url,
        "lines": [
            {
                "title": entry.title,
                "shown_at": entry.shown_at,
                "url": settings.SITE_URL + path_of(site, entry),
            }
            for entry in newest[:longest]
        ],
        "more": max(0, len(newest) - longest),
        "stop_url": services.stop_url(subscription),
    }
