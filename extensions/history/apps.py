"""The history extension."""

from django.utils.translation import gettext_lazy as _

from extensions.base.apps import ExtensionConfig


class HistoryConfig(ExtensionConfig):
    name = "extensions.history"
    label = "ext_history"
    verbose_name = _("修订历史")
    default = True
    url_prefix = "history/"
    urlconf = "extensions.history.urls"

    def ready(self):
        from extensions.history.views import link_to_history
        from page_types.publication import fragments

        fragments.register("page_types.PolicyPage", link_to_history)
