"""The page modules and the media models: what can be written, and in which kind of column."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageTypesConfig(AppConfig):
    name = "page_types"
    label = "page_types"
    verbose_name = _("页面类型")

    def ready(self):
        from page_types import column_kinds

        column_kinds.register_all()
