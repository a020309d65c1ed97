"""`record_event()`: the ledger's line for public things that are no pages (banner, mourning …).

Each such thing has one service in its own room that checks, writes its row and calls this, all in
one transaction; `publish()` is the only other writer of events.
"""

from django.utils import timezone

from page_types.publication.models import Counter, Event


def record_event(*, subject, what, who, authority, title, **more):
    """Write an event under the ledger's lock and return it; the transaction must be open.

    `subject` names the thing (`announcement/7`), `authority` says by what right, `title` is what
    stands in the record (cut to the field's length); `more`: column, department, shown_at, detail.
    """
    event = Event(
        number=Counter.take(Counter.EVENT),
        subject=subject,
        what=what,
        who=who,
        authority=authority,
        at=timezone.now(),
        title=title[: Event._meta.get_field("title").max_length],
        **more,
    )
    event.save()
    return event
