"""How a record is saved: its version raised, the actor and the reason in its history."""

from django.utils import timezone

from extensions.base.records.history import save_with_reason
from extensions.credit.periods import Periods


def keep(record, user, reason="", periods=None):
    """Save the record as changed now by the user (None: the clock)."""
    record.version += 1
    record.changed_at = timezone.now()
    (periods or Periods()).apply(record)
    return save_with_reason(record, user, reason)
