"""Working days: Monday to Friday. The house has no calendar of holidays yet, and screens say so."""

from datetime import datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def end_of_working_day(moment, days):
    """The end of the `days`-th working day after the local day of `moment` (not counted)."""
    day = timezone.localtime(moment).date()
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return timezone.make_aware(datetime.combine(day, time.max))
