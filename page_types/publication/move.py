"""Moving a public page to another column: address, listings and the page's place in the tree.

The text stays, its slug with it. The old address leads on to the new one (`router`). Unlike a
mirror the place of the page row is part of the act: it decides where the next text will stand.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from page_types.publication.addresses import forget_addresses
from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Counter, Entry, Event, Schedule
from page_types.publication.models.events import page_subject
from page_types.publication.publish import reserve_address, write_listings
from page_types.publication.texts import rebuild
from page_types.publication.versions import text_of_entry


@transaction.atomic
def move(page_id, column, authority, *, who):
    """Move the page into `column`; returns the event.

    Raises PublicationRefused, or AddressTaken where its address is another page's there; then
    nothing has changed.
    """
    number = Counter.take(Counter.EVENT)
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("column", "department", "text", "event")
        .filter(pk=page_id)
        .first()
    )
    if entry is None or not entry.slug:
        raise PublicationRefused(_("只有公开的稿件可以移动到其他栏目。"))
    if column.pk == entry.column_id:
        raise PublicationRefused(_("页面已在这个栏目中。"))
    authority.prove_move(entry, column)
    former = entry.column
    reserve_address(replace(text_of_entry(entry), column_id=column.pk))
    _move_row(page_id, column, who)
    event = Event(
        number=number,
        subject=page_subject(page_id),
        what=Event.What.MOVED,
        who=who,
        authority=authority.name,
        at=timezone.now(),
        shown_at=entry.shown_at,
        title=entry.title,
        column=column,
        department=entry.department,
        kind=column.kind,
        source=entry.event.source,
        detail=authority.detail() | {"from": former.pk, "to": column.pk},
    )
    event.save()
    entry.column = column
    entry.save(update_fields=["column"])
    write_listings(entry, rebuild(entry.text), column)
    Schedule.objects.filter(page_id=page_id, state=Schedule.State.WAITING).update(column=column)
    authority.spend(event)
    forget_addresses()
    return event


def _move_row(page_id, column, who):
    """The page's place in the tree; core's own permissions refuse every move of a public page."""
    row = Page.objects.select_for_update().get(pk=page_id)
    target = Page.objects.select_for_update().get(pk=column.page_id)
    clash = target.get_children().filter(slug=row.slug).exclude(pk=row.pk).first()
    if clash is not None:
        raise PublicationRefused(
            _("目标栏目中“%(title)s”用着同样的网址“%(slug)s”，请先改其中一个的网址。")
            % {"title": clash.get_admin_display_title(), "slug": row.slug}
        )
    try:
        row.specific.move(target, pos="last-child", user=None)
    except ValidationError as problem:
        raise PublicationRefused("；".join(problem.messages)) from problem
