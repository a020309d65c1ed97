"""The lock of the trail: one row, whose value is the last number given."""

from django.db import connection

from page_types.publication.models import Counter

NAME = "audit"


def lock(wait=True):
    """The counter's row, locked until the transaction ends; without `wait`, None if another has it.

    (SQLite has no row locks: there every writing transaction waits for the other.)
    """
    Counter.objects.bulk_create([Counter(name=NAME)], ignore_conflicts=True)
    skip = not wait and connection.features.has_select_for_update_skip_locked
    return Counter.objects.select_for_update(skip_locked=skip).filter(pk=NAME).first()


def value():
    """The last number given; 0 before the first."""
    return Counter.objects.filter(pk=NAME).values_list("value", flat=True).first() or 0
