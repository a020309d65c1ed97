"""What of a page's past may be shown: its publications, without what was hidden for good.

A text that was withdrawn because of personal data is shown by no view, the history included, and
cannot go public again as it stands; event and digest stay on record.
"""

from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext as _

from page_types.publication.columns import column_of
from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Event
from page_types.publication.models.events import page_subject
from page_types.publication.texts import PageText

What = Event.What
#: Events by which a text became public. Each of them has a text.
PUBLICATIONS = (What.PUBLISHED, What.REVISED, What.REINSTATED, What.RESTORED)


def text_of_entry(entry):
    """The PageText that an entry shows."""
    return _page_text(entry.text, entry.pk, entry.column_id, entry.department_id)


def text_of_event(event):
    """The PageText of a former publication, at the place where its page stands now."""
    page_id = page_of(event)
    row = apps.get_model(event.text.type).objects.filter(pk=page_id).first()
    column = row and column_of(row)
    if column is None or row.department_id is None:
        raise PublicationRefused(_("页面已不存在，或不在任何栏目中。"))
    return _page_text(event.text, page_id, column.pk, row.department_id)


def _page_text(text, page_id, column_id, department_id):
    return PageText(
        page_id=page_id,
        type=text.type,
        schema=text.schema,
        content=text.content,
        digest=text.digest,
        column_id=column_id,
        department_id=department_id,
    )


def page_of(event):
    """The number of the page that an event is about."""
    return int(event.subject.partition("/")[2])


def withdrawals_of(page_id):
    """The withdrawals of a page, oldest first; one query."""
    found = Event.objects.filter(subject=page_subject(page_id), what=What.WITHDRAWN)
    return list(found.order_by("number"))


def hidden_by(withdrawals):
    """Digests of the texts that were hidden for good by these events."""
    return {digest for event in withdrawals for digest in event.detail.get("hidden", ())}


def hidden_texts(page_id):
    """Digests of the page's texts that nobody is shown any more."""
    return hidden_by(withdrawals_of(page_id))


def hidden_at(page_id):
    """When texts of the page were last hidden for good; None if none is."""
    hiding = [event.at for event in withdrawals_of(page_id) if event.detail.get("hidden")]
    return hiding[-1] if hiding else None


def public_past(page_id):
    """Events that visitors may know of, oldest first: no pins, nothing of a hidden text.

    The withdrawal of a hidden text stays, without its title: that something was withdrawn is no
    personal data, and a gap in the numbers would ask the same question.
    """
    events = list(
        Event.objects.filter(
            subject=page_subject(page_id), what__in=[*PUBLICATIONS, What.WITHDRAWN, What.MOVED]
        )
        .select_related("department", "column", "text")
        .order_by("number")
    )
    hidden, shown = hidden_by(e for e in events if e.what == What.WITHDRAWN), []
    for event in events:
        if event.text_id in hidden and event.what != What.WITHDRAWN:
            continue
        if event.text_id in hidden:
            event.title = ""
        shown.append(event)
    return shown


@dataclass(frozen=True)
class Version:
    """One public text of a page: its number among them (from 1), and the event that began it."""

    number: int
    event: Event


def versions_of(page_id):
    """The public versions, oldest first; several publications of one text in a row are one."""
    found, last = [], None
    for event in public_past(page_id):
        if event.what not in PUBLICATIONS or event.text_id == last:
            continue
        last = event.text_id
        found.append(Version(len(found) + 1, event))
    return found
