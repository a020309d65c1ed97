"""Data sets and figures: named tables and named numbers that other rooms register."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "exports"
    label = "portal_exports"
    verbose_name = _("数据导出")

    def ready(self):
        from exports import publications

        publications.register()
