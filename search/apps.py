"""Site search: one index for pages, files and records (`docs/architecture.md`)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "portal_search"
    verbose_name = _("站内搜索")

    def ready(self):
        from search import joining
        from search.desk import joining as desk

        joining.connect()
        desk.connect()
