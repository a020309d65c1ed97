"""Addresses in readable ASCII: pinyin for short titles, date and serial for long ones."""

import re

from django.utils import timezone
from pypinyin import lazy_pinyin

from page_types.publication.models import Address

#: Titles longer than this give addresses nobody reads: they get date and serial instead.
LONGEST_TITLE = 12
RESERVED = frozenset(
    {"page", "en", "hant", "reading", "qr", "privacy", "subscribe", "report-error"}
)


def pinyin(text):
    """`政务公开2016` -> `zheng-wu-gong-kai-2016`; empty when nothing is left."""
    words = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(text, errors="default")).lower())
    return "-".join(words)


def suggest(title, column_id, page_id=None, taken=()):
    """A free address for a page of that title in the column, as it will stay for ever.

    `taken`: further slugs that may not be used (drafts beside it in the tree).
    """
    used = set(taken) | set(
        Address.objects.filter(column_id=column_id)
        .exclude(page_id=page_id)
        .values_list("slug", flat=True)
    )
    base = pinyin(title) if len(title) <= LONGEST_TITLE else ""
    if base and base not in RESERVED and base not in used:
        return base
    base = base or f"{timezone.localdate():%Y%m%d}"
    serial = 1
    while f"{base}-{serial}" in used:
        serial += 1
    return f"{base}-{serial}"
