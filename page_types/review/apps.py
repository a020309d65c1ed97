"""The review room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "page_types.review"
    label = "review"
    verbose_name = _("审核发布")

    def ready(self):
        from page_types.review import closing, notices, policy, routes

        closing.close()
        policy.narrow()
        routes.make_readable()
        notices.connect()
