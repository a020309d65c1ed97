"""The subscriptions extension."""

from django.utils.translation import gettext_lazy as _

from extensions.base.apps import ExtensionConfig


class SubscriptionsConfig(ExtensionConfig):
    name = "extensions.subscriptions"
    label = "ext_subscriptions"
    verbose_name = _("邮件订阅")
    default = True
    url_prefix = "subscribe/"
    urlconf = "extensions.subscriptions.urls"
    settings_defaults = {
        # Days for which the link of the confirming mail works; then the address is erased.
        "SUBSCRIPTION_CONFIRM_DAYS": 3,
        # Forms taken from one network address; mails asked for one e-mail address.
        "SUBSCRIPTION_RATE": "10/h",
        "SUBSCRIPTION_RATE_OF_ADDRESS": "3/d",
        # Titles in one mail; the rest is behind the column's link.
        "SUBSCRIPTION_LONGEST_MAIL": 50,
    }

    def ready(self):
        from exports import datasets
        from extensions.subscriptions import tables
        from extensions.subscriptions.views import link_to_subscribe, privacy_facts
        from page_types.publication import doors, fragments, privacy

        fragments.register(fragments.COLUMN_PAGES, link_to_subscribe)
        datasets.register(tables.dataset())
        doors.register("/subscribe/", _("邮件订阅"), position=30)
        privacy.register(
            privacy.Paragraph(
                "subscriptions",
                _("邮件订阅"),
                "ext_subscriptions/privacy.html",
                position=60,
                context=privacy_facts,
            )
        )
