"""The column of the plan (信用信息双公示): its texts, and the newest of both tables."""

from django.db.models import Max
from django.urls import reverse

from extensions.credit import statements
from extensions.credit.models import KINDS
from extensions.credit.search_source import LABELS
from page_types.publication.days import midnight

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
    moments = [statements.standing().aggregate(last=Max("stated_at"))["last"]]
    for model in KINDS.values():
        day = model.objects.public().aggregate(last=Max("public_on"))["last"]
        moments.append(day and midnight(day))
    return max(filter(None, moments), default=None)
