"""What was logged before the trail began: adopted once, and marked so.

Only before the entry `audit.begun`: later, a source row without an entry is a finding and nothing
that a run of the clock would make good.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef

from page_types.review.audit import counter, outbox
from page_types.review.audit.models import AuditEntry, AuditOutbox, Kind
from page_types.review.audit.sources import FOLLOWED

BEGUN = "audit.begun"
BATCH = 500


def without_entry(followed):
    """Rows of a source of which neither an entry nor the outbox tells."""
    mine = {"source": followed.name, "source_id": OuterRef("pk")}
    return followed.model._base_manager.filter(
        ~Exists(AuditEntry.objects.filter(**mine)), ~Exists(AuditOutbox.objects.filter(**mine))
    )


def has_begun():
    """Whether the trail has begun, numbered or not."""
    return any(model.objects.filter(action=BEGUN).exists() for model in (AuditEntry, AuditOutbox))


def adopt():
    """Enter the older log, oldest first, and then that the trail has begun; how many were adopted.

    A run that is broken off goes on the next time.
    """
    counted = {}
    while not has_begun():
        with transaction.atomic():
            counter.lock()  # two processes would adopt a row twice
            if not has_begun() and not _adopt_some(counted):
                outbox.note(BEGUN, kind=Kind.AUDIT, data={"adopted": counted})
    return sum(counted.values())


def _adopt_some(counted):
    """Enter a batch; False when there is nothing left."""
    for followed in FOLLOWED:
        if rows := list(without_entry(followed).order_by("pk")[:BATCH]):
            outbox.enter([followed.draft(row, adopted=True) for row in rows])
            name = followed.name.value
            counted[name] = counted.get(name, 0) + len(rows)
            return True
    return False
