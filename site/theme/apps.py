"""The theme as a Django app: it holds templates, static files and the tags they use; no models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemeConfig(AppConfig):
    """App label `theme`."""

    name = "theme"
    label = "theme"
    verbose_name = _("页面外观")
