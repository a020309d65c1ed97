"""Taking a page out of the public: `withdraw()`; the page, its event and its address stay.

What is left for visitors is a tombstone (`tombstone.py`), what is left for the ledger are the facts
that the page gets back when it is published again.
"""

import logging

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.publication import schedule
from page_types.publication.addresses import forget_addresses
from page_types.publication.errors import PublicationRefused
from page_types.publication.mirror import mirror_blanking, mirror_withdrawal
from page_types.publication.models import Counter, Entry, Event, ReasonKind, Text
from page_types.publication.models.events import page_subject
from page_types.publication.versions import PUBLICATIONS, hidden_at, hidden_texts

log = logging.getLogger(__name__)


@transaction.atomic
def withdraw(
    page_id, authority, *, who, reason_kind, reason="", successor_page_id=None, all_versions=True
):
    """Take the page down; returns the event. Raises PublicationRefused, then nothing has changed.

    `reason_kind` (a ReasonKind) is what visitors are told, `reason` stays in the ledger;
    `successor_page_id` is the page that has moved here or superseded it. With PERSONAL_DATA the
    public text, and with `all_versions` every former one, is hidden everywhere for good.
    """
    number = Counter.take(Counter.EVENT)
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("column", "department", "event")
        .filter(pk=page_id)
        .first()
    )
    if entry is None:
        raise PublicationRefused(_("页面已不在公开状态。"))
    if not entry.slug:
        raise PublicationRefused(_("栏目页由栏目规划管理，不能撤下。"))
    if reason_kind not in ReasonKind.values:
        raise PublicationRefused(_("请说明撤下的原因属于哪一类。"))
    authority.prove_withdrawal(entry, reason_kind, successor_page_id)
    event = Event(
        number=number,
        subject=page_subject(page_id),
        what=Event.What.WITHDRAWN,
        who=who,
        authority=authority.name,
        at=timezone.now(),
        shown_at=entry.shown_at,
        title=entry.title,
        column=entry.column,
        department=entry.department,
        kind=entry.column.kind,
        text_id=entry.text_id,
        source=entry.event.source,
        detail=authority.detail()
        | {
            "reason_kind": str(reason_kind),
            "reason": reason,
            "successor": successor_page_id,
            "first_published_at": entry.first_published_at.isoformat(),
            "facts": entry.facts,
            "hidden": _hidden(entry, reason_kind, all_versions),
        },
    )
    event.save()
    entry.delete()  # with its listings, facets, pointers and files; addresses stay
    authority.spend(event)
    if authority.replaces_schedule:
        schedule.cancel_for(page_id, _("页面已撤下"), who)
    forget_addresses()
    _mirror_quietly(event)
    return event


def _hidden(entry, reason_kind, all_versions):
    """Digests that nobody is shown any more."""
    if reason_kind != ReasonKind.PERSONAL_DATA:
        return []
    if not all_versions:
        return [entry.text_id]
    texts = Event.objects.filter(subject=page_subject(entry.pk), what__in=PUBLICATIONS)
    return sorted(set(texts.values_list("text_id", flat=True)))


def _mirror_quietly(event):
    """Bring the page row in line; a failure alarms and undoes nothing of the ledger."""
    try:
        with transaction.atomic():
            mirror_withdrawal(event)
    except Exception:
        log.exception("%s could not be brought in line with the ledger", event.subject)


@transaction.atomic
def blank(page_id, authority, *, who):
    """Remove the words of the page's hidden texts; digests, events and log entries stay.

    They go from the ledger, from the drafts made up to the withdrawal and from the page row. A
    text that some other page has published word for word, and that is not hidden there, stays.
    """
    number = Counter.take(Counter.EVENT)
    authority.prove_blanking(page_id)
    wanted = [digest for digest in hidden_texts(page_id) if not _used_elsewhere(digest, page_id)]
    found = Text.objects.filter(pk__in=wanted).exclude(content="")
    blanked = sorted(found.values_list("pk", flat=True))
    if not blanked:
        raise PublicationRefused(_("没有可以清除的文本。"))
    last = Event.objects.filter(subject=page_subject(page_id)).order_by("number").last()
    event = Event(
        number=number,
        subject=page_subject(page_id),
        what=Event.What.BLANKED,
        who=who,
        authority=authority.name,
        at=timezone.now(),
        title="",
        column=last.column,
        department=last.department,
        kind=last.kind,
        detail=authority.detail() | {"blanked": blanked},
    )
    event.save()
    # The one exception to "texts are immutable", past the manager that refuses it.
    QuerySet(Text).filter(pk__in=blanked).update(content="")
    mirror_blanking(page_id, until=hidden_at(page_id))
    authority.spend(event)
    return event


def _used_elsewhere(digest, page_id):
    """Whether another page shows, or may show in its history, the same text."""
    others = Event.objects.filter(text_id=digest, what__in=PUBLICATIONS)
    others = others.exclude(subject=page_subject(page_id)).values_list("subject", flat=True)
    return any(digest not in hidden_texts(int(s.partition("/")[2])) for s in others.distinct())
