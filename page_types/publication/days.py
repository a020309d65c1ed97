"""Days as moments of the bureau's clock: where they begin, and what lies within some of them."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import make_aware


def midnight(day):
    """The moment at which a day begins."""
    return make_aware(datetime.combine(day, time()))


def during(field, start=None, end=None):
    """Q: the moment in `field` lies from the day `start` to the day `end`, both included.

    None leaves that side open.
    """
    found = Q()
    if start:
        found &= Q(**{f"{field}__gte": midnight(start)})
    if end:
        found &= Q(**{f"{field}__lt": midnight(end + timedelta(days=1))})
    return found
