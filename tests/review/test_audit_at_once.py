"""Two processes numbering at once, on PostgreSQL: one chain, no number twice, nothing left."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from page_types.review.audit import outbox, sequencer
from page_types.review.audit.models import AuditEntry, AuditOutbox
from tests.review.audit_helpers import verified

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks"),
]


def test_acts_of_many_threads_make_one_chain(settings, tmp_path):
    """Each commits its own acts and numbers what it finds; some numberings wait, some do not."""
    settings.PORTAL_AUDIT_HEADS = tmp_path
    sequencer.told()
    before = AuditEntry.objects.count()
    ready = threading.Barrier(4)

    def act(place):
        try:
            ready.wait(10)
            for number in range(25):
                with transaction.atomic():
                    outbox.note("test.act", label=f"{place}-{number}")
                if number % 5 == 0:
                    sequencer.sequence_audit(wait=bool(place % 2))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(act, range(4)))
    sequencer.sequence_audit()
    assert not AuditOutbox.objects.exists()
    entries = AuditEntry.objects.order_by("number")
    assert list(entries.values_list("number", flat=True)) == list(range(1, before + 101))
    labels = set(entries.filter(action="test.act").values_list("label", flat=True))
    assert len(labels) == 100
    assert verified() == (0, verified()[1])
