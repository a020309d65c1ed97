"""The error reports extension."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from extensions.base.apps import ExtensionConfig


class ErrorReportsConfig(ExtensionConfig):
    name = "extensions.error_reports"
    label = "ext_error_reports"
    verbose_name = _("网站找错")
    default = True
    url_prefix = "report-error/"
    urlconf = "extensions.error_reports.urls"
    settings_defaults = {
        # Working days from receipt. Passing on within 1 and answering within 3 are figures that
        # could not be verified in a source at hand (domain facts, 5.2): the bureau may change them.
        "ERROR_REPORT_PASS_ON_DAYS": 1,
        "ERROR_REPORT_ANSWER_DAYS": 3,
        # Days after the answer for which the reporter's contact and the query code are kept.
        "ERROR_REPORT_CONTACT_DAYS": 180,
        # Forms taken from one network address: reports, and questions about their state.
        "ERROR_REPORT_RATE": "10/h",
        "ERROR_REPORT_STATE_RATE": "20/h",
    }

    def ready(self):
        from exports import datasets
        from extensions.error_reports import tables
        from extensions.error_reports.services import recompute_days
        from extensions.error_reports.views import privacy_facts
        from page_types.organisation import calendar
        from page_types.publication import doors, privacy, scheduler

        calendar.on_calendar_change(recompute_days)
        scheduler.register("error_reports_days", recompute_days, every=timedelta(hours=1))
        datasets.register(tables.dataset())
        doors.register("/report-error/", _("我为网站找错"), position=50, helps=True)
        privacy.register(
            privacy.Paragraph(
                "error-reports",
                _("网站找错"),
                "ext_error_reports/privacy.html",
                position=70,
                context=privacy_facts,
            )
        )
