"""Data sets and figures: named tables and named numbers that other rooms register."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "exports"
    label = "portal_exports"
    verbose_name = _("数据导出")

    def ready(self):
        from exports import background, publications
        from page_types.publication import doors, privacy, scheduler

        publications.register()
        scheduler.register("exports", background.make_due)
        scheduler.register("exports_old", background.clear_old, every=timedelta(hours=1))
        about = "exports/open_data/privacy.html"
        privacy.register(privacy.Paragraph("downloads", _("数据下载"), about, position=46))
        doors.register("/open-data/", _("数据开放"), position=30)
