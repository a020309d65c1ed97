"""System checks of the room."""

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from page_types.organisation import calendar


@register(Tags.compatibility)
def next_year_is_known(app_configs, **kwargs):
    """From 1 December on, deadlines reach into the next year: its holidays must be known.

    Said at every command, not only at deployment: the year comes without anybody deploying.
    """
    try:
        year = calendar.missing_year()
    except DatabaseError:  # before the first migration nobody has deadlines
        return []
    if year is None:
        return []
    return [
        Warning(
            f"{year} 年的放假安排尚未载入，期限暂按周一至周五推算 / "
            "the holidays of this year are not known: Monday to Friday is assumed",
            hint="升级 chinesecalendar，或在后台“设置—工作日安排”中载入国务院办公厅的通知。",
            id="organisation.W001",
        )
    ]
