"""`make run`: one machine, plain http on a loopback address, no outside service."""

import os
import secrets

from portal.settings.base import *  # noqa: F403  settings modules are layers
from portal.settings.base import (
    LOGGING,
    PORTAL_AUDIT_KEY,
    PORTAL_ISSUER_CODE,
    PORTAL_RECORD_KEY,
    PORTAL_SANDBOX,
    SECRET_KEY,
    VAR,
)


def _local_key(name):
    """A key of this machine's own, kept where only its owner can read it."""
    path = VAR / name
    try:
        return path.read_text()
    except FileNotFoundError:
        VAR.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(60)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(key)
        return key


DEBUG = os.environ.get("PORTAL_DEBUG") == "1"
SECRET_KEY = SECRET_KEY or _local_key("secret-key")
PORTAL_AUDIT_KEY = PORTAL_AUDIT_KEY or _local_key("audit-key")
PORTAL_RECORD_KEY = PORTAL_RECORD_KEY or _local_key("record-key")
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_PROXY_SSL_HEADER = None
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
# So that nobody takes the demonstration's index numbers for official ones.
PORTAL_ISSUER_CODE = PORTAL_ISSUER_CODE or "演示代码"
# Mails are files in var/mail, unless a mail server is named.
if not os.environ.get("PORTAL_EMAIL_URL") and not PORTAL_SANDBOX:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
# A terminal is no log server: the audit's lines are printed where somebody asks for them.
if "PORTAL_AUDIT_LOG" not in os.environ:
    PORTAL_AUDIT_LOG = "off"
    LOGGING["loggers"]["portal.audit"]["handlers"] = []
PORTAL_SQL_GUARD = True
PORTAL_STRICT_TEXTS = True
