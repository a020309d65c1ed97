"""The key, and what is computed with it. The key is a setting: the database does not know it."""

import hmac
import json
from datetime import UTC, date, datetime
from hashlib import sha256

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

#: Every field of an entry but `mac` itself, in the order of the canonical form.
FIELDS = (
    "number", "at", "entered_at", "kind", "action", "user_id", "user_name", "object_type",
    "object_id", "label", "department_id", "data", "source", "source_id", "source_digest",
    "adopted", "address_mac", "key_id", "previous",
)  # fmt: skip


def canonical(value):
    """JSON of a value, the same for the same value on every engine and at every time.

    Through JSON once, so that a lazy text, a tuple or a number as a key is what it will be when it
    is read again.
    """
    plain = json.loads(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(value):
    """A time in the canonical form: UTC, microseconds."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value):
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


def digest(values):
    """SHA-256 of a list of values: the fingerprint of a source row."""
    return sha256(canonical([_plain(value) for value in values]).encode()).hexdigest()


def keys():
    """key id -> key: the one that signs now first, then those that signed before it."""
    all_keys = [settings.PORTAL_AUDIT_KEY, *settings.PORTAL_AUDIT_OLD_KEYS]
    return {id_of(key): key for key in all_keys}


def id_of(key):
    """A name for a key that does not tell it."""
    return sign(key, "key-id", "")[:16]


def sign(key, purpose, text):
    """HMAC-SHA256, hexadecimal; `purpose` keeps the uses of one key apart."""
    return hmac.new(key.encode(), f"{purpose}\n{text}".encode(), sha256).hexdigest()


def mac_of(entry, key):
    """The HMAC that an entry must have."""
    return sign(key, "entry", canonical([_plain(getattr(entry, name)) for name in FIELDS]))


def address_mac(address, number, key):
    """Of the entry's network address; with the number, so that equal addresses do not show."""
    return sign(key, "address", f"{number} {address}") if address else ""


def same(one, other):
    """Compares two HMACs in constant time."""
    return hmac.compare_digest(one, other)
