"""The AppConfig that an extension subclasses: what it says of itself, the core asks of it."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    """The common ground itself; installed whenever an extension is."""

    name = "extensions.base"
    label = "ext_base"
    verbose_name = _("扩展基础")
    default = True

    def ready(self):
        from extensions.base import checks  # noqa: F401  they register themselves
        from extensions.base.records.importing import services
        from page_types.publication import scheduler

        scheduler.register("sheet_imports", services.work)
        scheduler.register("sheet_imports_expire", services.expire, every=timedelta(hours=1))


class ExtensionConfig(AppConfig):
    """An extension. In `ready()` it registers with the registries of the floors below.

    `url_prefix` ("history/") and `urlconf` (dotted path) give it doors of its own;
    `settings_defaults` are settings it brings, which a settings module may override.
    """

    url_prefix = ""
    urlconf = ""
    settings_defaults = {}
