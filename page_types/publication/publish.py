"""The one door from writing to reading: `publish(text, authority)`.

Nobody else writes the ledger (a test looks for others). In one transaction under one lock it
proves the authority, writes event, entry, listings, addresses, pointers and files shown; then, in a
savepoint, mirrors the state into Wagtail's page row. Where page row and ledger differ, the ledger
is right.
"""

import logging
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from page_types.publication import schedule
from page_types.publication.addresses import forget_addresses
from page_types.publication.columns import touch_columns
from page_types.publication.demo import played_date
from page_types.publication.errors import AddressTaken, PublicationRefused
from page_types.publication.files import files_of
from page_types.publication.mirror import mirror
from page_types.publication.models import (
    Address,
    Column,
    Counter,
    Entry,
    Event,
    Facet,
    Listing,
    Pointer,
    Text,
)
from page_types.publication.models.events import page_subject
from page_types.publication.texts import rebuild, references_of
from page_types.publication.versions import hidden_by, withdrawals_of

log = logging.getLogger(__name__)


@transaction.atomic
def publish(text, authority, *, who=None, shown_at=None, source=Event.Source.ORDINARY):
    """Make an approved `PageText` public; returns the event.

    `authority` proves from the database that this text may go out (`authorities.py`);
    `shown_at` is the date visitors see (now, or that of the first publication, if not given).
    Raises PublicationRefused or AddressTaken; then nothing has changed.
    """
    number = Counter.take(Counter.EVENT)
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("text")
        .filter(pk=text.page_id)
        .first()
    )
    withdrawals = withdrawals_of(text.page_id)
    if text.digest in hidden_by(withdrawals):
        raise PublicationRefused(_("此文本因含有个人信息撤下，须修改后重新送审。"))
    authority.prove(text, entry)
    former = withdrawals[-1] if withdrawals and entry is None else None
    now = timezone.now()
    page = rebuild(text)
    column = Column.objects.get(pk=text.column_id)
    stored = _store(text)
    if not page.is_column_text:
        reserve_address(text)
    if played := played_date():
        shown_at, source = played, Event.Source.DEMO
    before = entry or former
    shown_at = shown_at or page.date_to_show() or (before.shown_at if before else now)
    files = files_of(text)
    event = Event(
        number=number,
        subject=page_subject(text.page_id),
        what=authority.what or _what(entry, former),
        who=who,
        authority=authority.name,
        at=now,
        shown_at=shown_at,
        title=text.title,
        column=column,
        department_id=text.department_id,
        kind=column.kind,
        text=stored,
        source=source,
        # Which bytes were public then, so that a former text can be proved unaltered.
        detail=authority.detail() | ({"files": [file.key for file in files]} if files else {}),
    )
    event.save()
    entry = _write_entry(entry, text, stored, page, event, former)
    write_listings(entry, page, column)
    write_derived(entry, page)
    _write_references(entry, text, files, page.relations())
    authority.spend(event)
    if authority.replaces_schedule:
        schedule.after_publication(text, event, getattr(authority, "chain", None))
    if page.is_column_text:
        touch_columns()
    forget_addresses()
    _mirror_quietly(text, event)
    return event


@transaction.atomic
def re_own(column, old, new, authority, *, who=None):
    """The column's pages of department `old` belong to `new` from now on; one event says so.

    Entry fields only: the texts stay, and past events keep the department of their day.
    """
    if authority.name != "re-own":
        raise PublicationRefused(_("没有变更责任处室的依据。"))
    number = Counter.take(Counter.EVENT)
    event = Event(
        number=number,
        subject=f"column/{column.key}",
        what=Event.What.RE_OWNED,
        who=who,
        authority=authority.name,
        at=timezone.now(),
        title=f"{old} → {new}",
        column=column,
        department=new,
        kind=column.kind,
        detail={"from": old.code, "to": new.code},
    )
    event.save()
    Entry.objects.filter(column=column, department=old).update(department=new)
    touch_columns()
    return event


def reserve_address(text):
    """Keep the text's address for its page for ever; raises AddressTaken if another page has it."""
    address, _made = Address.objects.get_or_create(
        column_id=text.column_id, slug=text.slug, defaults={"page_id": text.page_id}
    )
    below = Column.objects.filter(parent_id=text.column_id, slug=text.slug).exists()
    if address.page_id != text.page_id or below:
        raise AddressTaken(
            {"slug": _("网址“%(slug)s”已属于本栏目的另一页面，请换一个。") % {"slug": text.slug}}
        )


def _what(entry, former):
    if entry:
        return Event.What.REVISED
    return Event.What.REINSTATED if former else Event.What.PUBLISHED


def _store(text):
    stored = Text.objects.filter(pk=text.digest).first()
    if stored is None:
        stored = Text(digest=text.digest, type=text.type, schema=text.schema, content=text.content)
        stored.save()
    return stored


def _write_entry(entry, text, stored, page, event, former):
    first = entry is None
    if former is not None:  # what the ledger gave once (索引号) stays the page's
        since = datetime.fromisoformat(former.detail["first_published_at"])
        entry = Entry(page_id=text.page_id, first_published_at=since, facts=former.detail["facts"])
    elif first:
        entry = Entry(page_id=text.page_id, first_published_at=event.shown_at)
        entry.facts = page.facts_at_first_publication(event)
    entry.type = text.type
    entry.column_id = text.column_id
    entry.department_id = text.department_id
    entry.slug = "" if page.is_column_text else text.slug
    entry.title = text.title
    entry.summary = page.public_summary()
    entry.shown_at = event.shown_at
    entry.text = stored
    entry.event = event
    entry.save(force_insert=first)
    return entry


def write_listings(entry, page, column):
    """The lists in which the entry stands: its column's, and those its text names besides."""
    if page.is_column_text:
        return
    wanted = {column.pk: (column.kind, True)}
    for other in Column.objects.filter(pk__in=page.also_shown_in_ids()).exclude(pk=column.pk):
        wanted[other.pk] = (other.kind, False)
    entry.listings.exclude(column_id__in=wanted).delete()
    for column_id, (kind, own) in wanted.items():
        Listing.objects.update_or_create(
            column_id=column_id,
            entry=entry,
            defaults={"kind": kind, "own": own, "shown_at": entry.shown_at},
        )


def write_derived(entry, page):
    """What lists and the catalogue show of an entry, made of its rebuilt text and nothing else."""
    entry.line = page.line_of(entry)
    entry.save(update_fields=["line"])
    entry.facets.all().delete()
    Facet.objects.bulk_create(
        Facet(entry=entry, name=name, value=value, shown_at=entry.shown_at)
        for name, value in page.facets_of(entry)
        if value
    )


def _write_references(entry, text, files, relations):
    entry.pointers.all().delete()
    entry.files.all().delete()
    for file in files:
        file.entry = entry
    entry.files.bulk_create(files)
    Pointer.objects.bulk_create(
        Pointer(entry=entry, role=role, relation=relations.get(pk, ""), to_page_id=pk)
        for model, pk, role in references_of(text)
        if issubclass(model, Page)
    )


def _mirror_quietly(text, event):
    """Bring the page row in line; a failure alarms and undoes nothing of the ledger."""
    try:
        with transaction.atomic():
            mirror(apps.get_model(text.type), text, event)
    except Exception:
        log.exception("page row %s could not be brought in line with the ledger", text.page_id)
