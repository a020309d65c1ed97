"""The column of the plan (信用信息双公示): its texts, and the newest of both tables."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from extensions.credit.models import KINDS, NoRecordStatement
from extensions.credit.search_source import LABELS

#: Records of each table that stand in the column.
NEWEST = 5
#: Kind of record -> the part of its addresses.
SLUGS = {"licence": "licences", "penalty": "penalties"}


def tabs(kind=None):
    """The two tables, each with its number; `kind` is the one that is open."""
    return [
        {
            "label": LABELS[each],
            "url": reverse(f"credit_{SLUGS[each]}"),
            "current": each == kind,
            "count": model.objects.public().count(),
        }
        for each, model in KINDS.items()
    ]


def newest(count=NEWEST):
    """Each table's newest records."""
    return [
        {
            "kind": kind,
            "label": LABELS[kind],
            "records": list(model.objects.public().order_by("-public_on", "-pk")[:count]),
        }
        for kind, model in KINDS.items()
    ]


def context(reading, node, list_context):
    """What the column's template gets; further pages are of its texts alone."""
    first = list_context.get("page_number", 1) == 1
    return {"tabs": tabs(), "credit_tables": newest()} if first else {"credit_tables": []}


def last_update():
    """When a record was last made public, or 本月无 last stated; None if never."""
    newest_of_each = [
        model.objects.public().order_by("-public_on").first() for model in KINDS.values()
    ]
    dates = [
        datetime.combine(each.public_on, time(), timezone.get_default_timezone())
        for each in newest_of_each
        if each
    ]
    said = NoRecordStatement.objects.filter(withdrawn_on=None).order_by("-stated_at").first()
    return max([*dates, *([said.stated_at] if said else [])], default=None)
