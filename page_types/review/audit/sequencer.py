"""Numbers after the commit: an HMAC chain computed inside every act would serialise all writes.

The lock is one row; whoever holds it takes what is in the outbox, numbers and chains it, and
deletes it there, all in one transaction: a crash leaves either the outbox or the entries.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from page_types.review.audit import chain, counter, heads, lines
from page_types.review.audit.adoption import adopt
from page_types.review.audit.models import Act, AuditAddress, AuditEntry, AuditOutbox

log = logging.getLogger(__name__)

BATCH = 500
#: Every field of an act that goes into the entry as it is.
_COPIED = [field.attname for field in Act._meta.fields]


def sequence_audit(wait=True):
    """Number what waits in the outbox, oldest first; returns how many entries were made.

    With `wait=False` it returns at once if another process is at it: what that one misses, the next
    run takes.
    """
    made = 0
    while True:
        with transaction.atomic():
            held = counter.lock(wait)
            if held is None or not (waiting := list(AuditOutbox.objects.order_by("pk")[:BATCH])):
                return made
            _number(held, waiting)
        made += len(waiting)


def _number(held, waiting):
    last = AuditEntry.objects.order_by("-number").first()
    number, previous = (last.number, last.mac) if last else (0, "")
    if number != held.value:
        # Someone has cut the tail. The portal goes on; the gap stays for `verify_audit` to see.
        log.error("审计记录末尾不符：计数 %s，末条 %s / audit tail", held.value, number)
        number = max(number, held.value)
    key, now = settings.PORTAL_AUDIT_KEY, timezone.now()
    entries, addresses = [], []
    for row in waiting:
        number += 1
        entry = AuditEntry(
            number=number,
            entered_at=now,
            address_mac=chain.address_mac(row.address, number, key),
            key_id=chain.id_of(key),
            previous=previous,
            **{name: getattr(row, name) for name in _COPIED},
        )
        entry.mac = previous = chain.mac_of(entry, key)
        entries.append(entry)
        if row.address:
            addresses.append(AuditAddress(number=number, at=row.at, address=row.address))
    AuditEntry.objects.bulk_create(entries)
    AuditAddress.objects.bulk_create(addresses)
    AuditOutbox.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    held.value = number
    held.save(update_fields=["value"])
    known = {each.number: each.address for each in addresses}
    transaction.on_commit(lambda: lines.write(entries, known))


def told():
    """Periodic work: adopt what is older than the trail, number what waits, write the head."""
    adopted, made, headed = adopt(), sequence_audit(), heads.write_if_due()
    said = {
        "补入 / adopted": adopted,
        "编号 / numbered": made,
        "日记账头 / head": headed and headed.number,
    }
    return "；".join(f"{what}: {number}" for what, number in said.items() if number)
