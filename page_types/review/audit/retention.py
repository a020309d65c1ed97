"""Network addresses are kept for the time the law asks, and no longer.

网络安全法 (Cybersecurity Law), article 21 (3): network logs for at least six months. The entry
stays; only its address, which is kept apart, is erased.
"""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Error, register
from django.db import transaction
from django.utils import timezone

from page_types.review.audit import outbox
from page_types.review.audit.models import AuditAddress, Kind

EVERY = timedelta(days=1)
#: Six months, at their longest.
LEAST_DAYS = 184


@register
def long_enough(app_configs, **kwargs):
    """A shorter time would break the law, and nobody would notice."""
    if settings.PORTAL_AUDIT_ADDRESS_DAYS >= LEAST_DAYS:
        return []
    return [
        Error(
            f"PORTAL_AUDIT_ADDRESS_DAYS 不得少于 {LEAST_DAYS} 天（网络日志留存不少于六个月）/ "
            f"must be at least {LEAST_DAYS} days",
            id="review.E001",
        )
    ]


@transaction.atomic
def erase_addresses():
    """Erase the addresses whose time is over; returns how many."""
    limit = timezone.now() - timedelta(days=settings.PORTAL_AUDIT_ADDRESS_DAYS)
    erased, _by_model = AuditAddress.objects.filter(at__lt=limit).delete()
    if erased:
        outbox.note("audit.addresses_erased", kind=Kind.AUDIT, data={"count": erased})
    return erased


def told():
    """As periodic work: a sentence for the log when there was anything."""
    erased = erase_addresses()
    return f"清除网络地址 / addresses erased: {erased}" if erased else ""


def privacy_facts():
    """The figures of the privacy notice's paragraph."""
    return {"days": settings.PORTAL_AUDIT_ADDRESS_DAYS}
