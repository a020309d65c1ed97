"""Data sets and figures: named tables and named numbers that other rooms register."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "exports"
    label = "portal_exports"
    verbose_name = _("数据导出")

    def ready(self):
        from exports import background, desk_lists, public_lists, publications, telling
        from exports.public import catalogue, links
        from page_types.publication import doors, fixed_pages, fragments, privacy, scheduler

        publications.register()
        public_lists.register()
        desk_lists.register()
        telling.register()
        scheduler.register("exports", background.make_due)
        scheduler.register("exports_old", background.clear_old, every=timedelta(hours=1))
        about = "exports/open_data/privacy.html"
        privacy.register(privacy.Paragraph("downloads", _("数据下载"), about, position=46))
        doors.register("/open-data/", _("数据开放"), position=30)
        fragments.register(fragments.COLUMN_PAGES, links.of_column)
        fixed_pages.register(fixed_pages.Group("dataset", _("数据集"), catalogue.fixed_pages))
