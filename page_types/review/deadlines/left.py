"""What is left until a deadline, in words: 剩 N 个工作日, 今天到期, 逾期 N 个工作日."""

from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.organisation import calendar


def in_words(due, provisional=False):
    """Counted in working days from today; `provisional` ones may still move and say so."""
    today = timezone.localdate()
    if due < today:
        return _("逾期 %(days)d 个工作日") % {"days": calendar.working_days_between(due, today)}
    if due == today:
        return _("今天到期")
    left = _("剩 %(days)d 个工作日") % {"days": calendar.working_days_between(today, due)}
    return _("%(left)s（暂按周一至周五推算）") % {"left": left} if provisional else left
