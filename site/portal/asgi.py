"""ASGI door for an application server: `portal.asgi:application`."""

import os
import sys
from pathlib import Path

# The server may start in any folder: both the root (rooms) and `site/` must be importable.
_SITE = Path(__file__).resolve().parent.parent
for folder in (_SITE, _SITE.parent):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

from django.core.asgi import get_asgi_application  # noqa: E402  the path must be set first

application = get_asgi_application()
