"""The credit extension."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from extensions.base.apps import ExtensionConfig


class CreditConfig(ExtensionConfig):
    name = "extensions.credit"
    label = "ext_credit"
    verbose_name = _("信用信息双公示")
    default = True
    url_prefix = "credit/"
    urlconf = "extensions.credit.public.urls"
    settings_defaults = {
        # Working days from the decision to the publication (发改办财金〔2018〕424号).
        "CREDIT_PUBLISH_DAYS": 7,
        # Days from the change or revocation of a decision to the withdrawal (行政处罚法, Art 48).
        "CREDIT_WITHDRAW_DAYS": 3,
    }

    def ready(self):
        from extensions.credit import joining

        joining.connect(timedelta(hours=1))
