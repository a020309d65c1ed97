"""When columns were last updated and when they are due: an officer's own, or the whole bureau's."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from page_types.organisation.duties import duties_of
from page_types.permissions import columns_by_path, may_draft_in
from page_types.publication import lists
from page_types.publication.models import Column
from page_types.publication.snapshot import snapshot


@dataclass(frozen=True)
class Line:
    """One column. `days` since its last update and `due`, the last day of its period, or None."""

    title: str
    url: str
    new_url: str
    owners: str
    period: int | None
    last: date | None
    days: int | None
    due: date | None
    owned: bool
    overdue: bool

    @property
    def owed(self):
        """Nothing stands in it, though its period says that something must."""
        return self.last is None and bool(self.period)

    @property
    def days_left(self):
        """Days until it is due; None where it is not due at all."""
        return None if self.due is None else self.period - self.days


def columns_of(user):
    """The columns the user drafts in: owned ones first, among them the longest overdue first."""
    departments = duties_of(user).officer_of
    mine = [
        column
        for column in columns_by_path(user).values()
        if any(may_draft_in(column, department) for department in departments)
    ]
    return _lines(mine, departments)


def behind_in_bureau():
    """Columns of the whole bureau past their period, the longest first; then the empty ones."""
    every = Column.objects.filter(group=False).exclude(page_id=None)
    behind = [line for line in _lines(every) if line.overdue or line.owed]
    return sorted(behind, key=lambda line: (line.owed, -(line.days or 0)))


def _lines(columns, departments=frozenset()):
    today, site, last_updates = timezone.localdate(), snapshot(), lists.last_updates()
    found = [
        _line(column, site.by_id[column.pk], last_updates.get(column.pk), today, departments)
        for column in columns
        if column.pk in site.by_id
    ]
    return sorted(
        found,
        key=lambda line: (not line.owned, not line.overdue, not line.owed, line.due or date.max),
    )


def _line(column, node, moment, today, departments):
    last = localtime(moment).date() if moment else None
    due = _due(column, last)
    return Line(
        title=node.title,
        url=reverse("wagtailadmin_explore", args=[column.page_id]),
        new_url=reverse("wagtailadmin_pages:add_subpage", args=[column.page_id]),
        owners="、".join(node.owners),
        period=column.update_period_days,
        last=last,
        days=(today - last).days if last else None,
        due=due,
        owned=bool(departments) and any(o.pk in departments for o in column.owners.all()),
        overdue=due is not None and due < today,
    )


def _due(column, last):
    """The day by which the column must be updated; an event's column only until the event ends."""
    if not column.update_period_days or last is None:
        return None
    if column.event_end and column.event_end < last + timedelta(days=column.update_period_days):
        return None
    return last + timedelta(days=column.update_period_days)
