"""Identifiers of persons: encrypted where they are kept, masked where they are shown.

The key is PORTAL_RECORD_KEY; PORTAL_RECORD_OLD_KEYS open what was written before it was changed.
A number is found again by its keyed digest (HMAC-SHA256), never by reading all of them.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from hmac import new as hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

#: What stands where a value cannot be opened with any key at hand.
UNREADABLE = "（密钥不符，无法读取）"


def _keys():
    return (settings.PORTAL_RECORD_KEY, *settings.PORTAL_RECORD_OLD_KEYS)


@lru_cache(maxsize=4)
def _box(keys):
    return MultiFernet([
        Fernet(urlsafe_b64encode(sha256(b"records/" + key.encode()).digest())) for key in keys
    ])  # fmt: skip


def sealed(text):
    """A text as it is kept; an empty one stays empty."""
    return _box(_keys()).encrypt(text.encode()).decode() if text else ""


def opened(token):
    """The text of what is kept; UNREADABLE after a key has been lost."""
    if not token:
        return ""
    try:
        return _box(_keys()).decrypt(token.encode()).decode()
    except InvalidToken:
        return UNREADABLE


def digest_of(text):
    """By which a number is found: the same number gives the same digest under the same key."""
    if not text:
        return ""
    return hmac(settings.PORTAL_RECORD_KEY.encode(), text.upper().encode(), sha256).hexdigest()


def masked(number):
    """A number for the eyes of those who may see that there is one.

    A citizen's number keeps 6 + 4 signs and hides the birthday; any other keeps the first and last
    two (one of a short one). No official pattern was found: domain facts, 3.6.
    """
    if len(number) == 18:
        return f"{number[:6]}********{number[-4:]}"
    if len(number) > 4:
        return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"
    return "*" * len(number)


def masked_name(name):
    """A natural person's name for the public: the first sign stays."""
    return name[:1] + "*" * max(1, min(len(name) - 1, 3)) if name else ""


class SecretField(models.TextField):
    """A short text that the database holds encrypted; `max_length` counts its open signs."""

    def from_db_value(self, value, expression, connection):
        return opened(value) if value else value

    def get_prep_value(self, value):
        return sealed(super().get_prep_value(value) or "")

    def get_lookup(self, lookup_name):
        """No lookup: the same number is written differently each time."""
        return None
