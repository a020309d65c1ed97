"""Which extensions are switched on, read before Django's apps are loaded.

`PORTAL_EXTENSIONS` names them, separated by commas: `history,credit`; empty means none; not set
means every one that is found. An extension is found in `extensions/`, or in another package through
the entry-point group `portal.extensions` (name -> dotted path of its `ExtensionConfig`).
"""

from importlib import import_module
from importlib.metadata import entry_points

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

BUILT_IN = {
    "history": "extensions.history.apps.HistoryConfig",
    "subscriptions": "extensions.subscriptions.apps.SubscriptionsConfig",
    "error_reports": "extensions.error_reports.apps.ErrorReportsConfig",
    "credit": "extensions.credit.apps.CreditConfig",
    "manuscripts": "extensions.manuscripts.apps.ManuscriptsConfig",
}


def available_extensions():
    """Map of extension name -> dotted path of its AppConfig; a built-in name cannot be taken."""
    found = {
        point.name: point.value.replace(":", ".")
        for point in entry_points(group="portal.extensions")
    }
    return {**found, **BUILT_IN}


def enabled_extensions(value):
    """The names switched on by `value` (the variable's text, or None when it is not set)."""
    available = available_extensions()
    if value is None:
        return list(available)
    names = [name.strip() for name in value.split(",") if name.strip()]
    unknown = [name for name in names if name not in available]
    if unknown:
        raise ImproperlyConfigured(
            f"PORTAL_EXTENSIONS 中没有这样的扩展 / unknown extension: {', '.join(unknown)}; "
            f"可用 / available: {', '.join(available)}"
        )
    return names


def extension_apps(names):
    """INSTALLED_APPS entries; their common base comes along only when it is needed."""
    available = available_extensions()
    apps = [available[name] for name in names]
    return [*apps, "extensions.base"] if apps else []


def settings_defaults(names):
    """Settings that the extensions bring, which a later settings module may override."""
    defaults = {}
    for name in names:
        defaults.update(import_string(available_extensions()[name]).settings_defaults)
    return defaults


def extension_urls(names):
    """(prefix, urlconf) of each extension that has doors of its own."""
    for name in names:
        config = import_string(available_extensions()[name])
        if config.url_prefix:
            yield config.url_prefix, import_module(config.urlconf)
