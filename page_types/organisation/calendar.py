"""工作日: which days the bureau works, and deadlines counted in working days. Dates in, dates out.

Known from the State Council's yearly notices (library `chinesecalendar`), overridden day by day and
year by year by the bureau's own table (`CalendarDay`, `CalendarYear`). A year that neither knows is
Monday to Friday, and what is counted in it is `provisional` (暂按周一至周五推算).
The library's own `find_workday` is one day late when it starts on a day off: it is not used.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.signals import request_started
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.organisation.models import CalendarDay, CalendarYear

try:
    from chinese_calendar import Holiday, holidays, workdays
except ImportError:  # a portal without it counts on, and says that it is provisional
    holidays = workdays = {}

SATURDAY, DECEMBER = 5, 12
ONE_DAY = timedelta(days=1)
#: Years in the library; for any other it raises, which once broke sites on the second of January.
LIBRARY_YEARS = frozenset(day.year for day in holidays)


@dataclass(frozen=True)
class Deadline:
    """A day; `provisional` when a year on the way to it is not known yet."""

    day: date
    provisional: bool = False

    def __str__(self):
        text = self.day.isoformat()
        return _("%(day)s（暂按周一至周五推算）") % {"day": text} if self.provisional else text


@dataclass(frozen=True)
class _Table:
    """The bureau's own table: day -> whether it is worked, and the years that are all in it."""

    days: dict
    years: frozenset


_kept = {}


def forget():
    """Read the bureau's table anew at the next question. Requests and rounds of the clock do so."""
    _kept.clear()


def _forget_at_request(**kwargs):
    forget()


def connect():
    """Called once, when the room is ready."""
    request_started.connect(_forget_at_request, dispatch_uid="organisation_calendar_forget")
    for signal in (post_save, post_delete):
        signal.connect(changed, sender=CalendarDay, dispatch_uid="organisation_calendar_changed")


def _own():
    """The table, read once a request. Another thread may forget it at any moment."""
    table = _kept.get("table")
    if table is None:
        table = _Table(
            dict(CalendarDay.objects.values_list("date", "is_workday")),
            frozenset(CalendarYear.objects.values_list("year", flat=True)),
        )
        _kept["table"] = table
    return table


def is_in_library(year):
    """Whether the library knows the year."""
    return year in LIBRARY_YEARS


def library_name(day):
    """What the library calls a holiday, or a weekend worked for one; "" for an ordinary day."""
    name = holidays.get(day) or workdays.get(day)
    return Holiday(name).chinese if name else ""


def is_known(year):
    """Whether the year's holidays are known, from the library or from the bureau's own table."""
    return is_in_library(year) or year in _own().years


def missing_year(today=None):
    """The year whose holidays are needed and not known: this one, in December the next; or None."""
    today = today or timezone.localdate()
    years = (today.year, today.year + 1) if today.month == DECEMBER else (today.year,)
    return next((year for year in years if not is_known(year)), None)


def _as_table(table, day):
    if day in table.days:
        return table.days[day]
    if day.year not in table.years and day.year in LIBRARY_YEARS:
        return day in workdays or (day.weekday() < SATURDAY and day not in holidays)
    return day.weekday() < SATURDAY


def _a_date(day):
    """A moment is no day: which day it is depends on the place where one asks."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"a date is wanted, not {day!r}: use timezone.localdate()")
    return day


def is_working_day(day):
    """Whether the bureau works on the day; Monday to Friday in a year that is not known."""
    return _as_table(_own(), _a_date(day))


def add_working_days(day, number):
    """The `number`-th working day after `day`, which is not counted, as a Deadline.

    TypeError for a datetime, ValueError for a number below 0; 0 gives the day itself.
    """
    if number < 0:
        raise ValueError(f"working days are counted forwards: {number}")
    day, table, years = _a_date(day), _own(), set()
    while number > 0:
        day += ONE_DAY
        years.add(day.year)
        number -= _as_table(table, day)
    return Deadline(day, not all(map(is_known, years)))


def working_days_between(start, end):
    """How many working days come after `start`, up to and with `end`; 0 if `end` is not later."""
    day, end, table, count = _a_date(start), _a_date(end), _own(), 0
    while day < end:
        day += ONE_DAY
        count += _as_table(table, day)
    return count


_followers = []


def on_calendar_change(function):
    """Call `function()` after a day or year of the table has changed; usable as a decorator."""
    if function not in _followers:
        _followers.append(function)
    return function


def changed(**kwargs):
    """After the commit, every open deadline is computed again by those who keep it."""
    forget()
    for function in (forget, *_followers):
        transaction.on_commit(function, robust=True)
