from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "page_types.organisation"
    label = "organisation"
    verbose_name = _("组织机构")

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from page_types.organisation import calendar, checks  # noqa: F401  checks register themselves
        from page_types.organisation.services import groups_at_sign_in

        calendar.connect()
        user_logged_in.connect(groups_at_sign_in)
