from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "page_types.publication"
    label = "publication"
    verbose_name = _("发布台账")

    def ready(self):
        from page_types.publication import checks, sql_guard  # noqa: F401  they register themselves
