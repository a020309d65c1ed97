"""By when a report is to be passed on and answered, in working days of the bureau's calendar."""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone

from page_types.organisation.calendar import add_working_days


def end_of_working_day(moment, days):
    """The end of the `days`-th working day after the local day of `moment` (not counted)."""
    due = add_working_days(timezone.localtime(moment).date(), days)
    return timezone.make_aware(datetime.combine(due.day, time.max))


def days_of(received_at):
    """By when a report received at a moment is to be passed on and answered, by field."""
    return {
        "pass_on_due": end_of_working_day(received_at, settings.ERROR_REPORT_PASS_ON_DAYS),
        "answer_due": end_of_working_day(received_at, settings.ERROR_REPORT_ANSWER_DAYS),
    }
