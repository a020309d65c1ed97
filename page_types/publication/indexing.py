"""Numbers that the ledger gives once: 索引号, by issuer and year, never used twice."""

from django.conf import settings

from page_types.publication.models import Counter


def next_index_number(year):
    """`{issuer}/{year}-{serial:05d}` (domain facts, 4.2); inside the publishing transaction.

    The bureau's own issuer code was not found in any source: PORTAL_ISSUER_CODE, and until it is
    set the number begins with 未设代码, so that nobody takes it for an official one.
    """
    issuer = settings.PORTAL_ISSUER_CODE or "未设代码"
    return f"{issuer}/{year}-{Counter.take(f'index/{issuer}/{year}'):05d}"
