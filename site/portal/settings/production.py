"""Production: `base` as it is, refusing to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403  settings modules are layers
from portal.settings.base import (
    ALLOWED_HOSTS,
    PORTAL_AUDIT_KEY,
    PORTAL_RECORD_KEY,
    SECRET_KEY,
    SITE_URL,
)

_MISSING = [
    name
    for name, value in (
        ("PORTAL_SECRET_KEY", len(SECRET_KEY) >= 50),
        # A key of its own: whoever may read the one must not be able to forge the other.
        ("PORTAL_AUDIT_KEY", len(PORTAL_AUDIT_KEY) >= 50 and PORTAL_AUDIT_KEY != SECRET_KEY),
        ("PORTAL_RECORD_KEY", len(PORTAL_RECORD_KEY) >= 50 and PORTAL_RECORD_KEY != SECRET_KEY),
        ("PORTAL_ALLOWED_HOSTS", ALLOWED_HOSTS),
        ("PORTAL_SITE_URL", SITE_URL.startswith("https://")),
    )
    if not value
]
if _MISSING:
    raise ImproperlyConfigured(
        "缺少必要的环境变量或其值不合要求，请按 docs/operations.md 设置后再启动 / "
        "missing or unfit environment variables, see docs/operations.md: " + ", ".join(_MISSING)
    )
