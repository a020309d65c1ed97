"""As `make run` serves, without the guards of development: what production would answer."""

from portal.settings.development import *  # noqa: F403  settings modules are layers

PORTAL_SQL_GUARD = False
PORTAL_STRICT_TEXTS = False
