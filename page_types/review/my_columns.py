"""The columns an officer feeds: when each was last updated, when it is due, where to begin."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from page_types.organisation.duties import duties_of
from page_types.permissions import columns_by_path, may_draft_in
from page_types.publication import lists
from page_types.publication.snapshot import snapshot


@dataclass(frozen=True)
class Line:
    """One column: `due` is the last day of its update period, None where it has none."""

    title: str
    url: str
    new_url: str
    last: date | None
    due: date | None
    owned: bool
    overdue: bool


def columns_of(user):
    """The user's columns as lines: owned ones first, among them the longest overdue first."""
    departments = duties_of(user).officer_of
    today, site, last_updates = timezone.localdate(), snapshot(), lists.last_updates()
    found = []
    for column in columns_by_path(user).values():
        node = site.by_id.get(column.pk)
        if node is None or not any(may_draft_in(column, pk) for pk in departments):
            continue
        moment = last_updates.get(column.pk)
        last = localtime(moment).date() if moment else None
        due = _due(column, last)
        found.append(
            Line(
                title=node.title,
                url=reverse("wagtailadmin_explore", args=[column.page_id]),
                new_url=reverse("wagtailadmin_pages:add_subpage", args=[column.page_id]),
                last=last,
                due=due,
                owned=any(owner.pk in departments for owner in column.owners.all()),
                overdue=due is not None and due < today,
            )
        )
    return sorted(found, key=lambda line: (not line.owned, not line.overdue, line.due or date.max))


def _due(column, last):
    """The day by which the column must be updated; an event's column only until the event ends."""
    if not column.update_period_days or last is None:
        return None
    if column.event_end and column.event_end < last + timedelta(days=column.update_period_days):
        return None
    return last + timedelta(days=column.update_period_days)
