"""The manuscripts extension."""

from django.utils.translation import gettext_lazy as _

from extensions.base.apps import ExtensionConfig


class ManuscriptsConfig(ExtensionConfig):
    name = "extensions.manuscripts"
    label = "ext_manuscripts"
    verbose_name = _("上报稿件")
    default = True

    def ready(self):
        from exports import datasets
        from extensions.manuscripts import desk_today, tables
        from page_types.review import notices, today

        datasets.register(tables.dataset())
        today.register(desk_today.sentences)
        notices.kinds.register("manuscripts", _("上报稿件"))
