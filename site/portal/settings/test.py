"""The test suite: development's freedom, production's strictness about texts and SQL."""

import os
import tempfile
from pathlib import Path

# Nothing a test writes may land in a developer's var/.
os.environ["PORTAL_VAR"] = tempfile.mkdtemp(prefix="portal-test-")
os.environ.setdefault("PORTAL_SECRET_KEY", "test-key-" * 8)
os.environ.setdefault("PORTAL_AUDIT_KEY", "test-audit-key-" * 5)
os.environ.setdefault("PORTAL_RECORD_KEY", "test-record-key-" * 5)

from portal.settings.development import *  # noqa: F403  the folder must be set first
from portal.settings.development import STORAGES, VAR

VAR = Path(VAR)
DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
PORTAL_SITE_ID_CODE = "0000000000"
