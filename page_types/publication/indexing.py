"""Numbers that the ledger gives once: 索引号, by issuer and year, never used twice."""

from django.conf import settings

from page_types.publication.models import Counter


def next_index_number(year):
    """`{issuer}/{year}-{serial:05d}` (domain facts, 4.2); inside the publishing transaction.

    The bureau's own issuer code was not found in any source: it is PORTAL_ISSUER_CODE, and until
    that is set a number has no such part, so that nobody takes an invented one for official.
    """
    issuer = settings.PORTAL_ISSUER_CODE
    counted = f"index/{issuer or '未设代码'}/{year}"
    serial = f"{year}-{Counter.take(counted):05d}"
    return f"{issuer}/{serial}" if issuer else serial
