"""The review room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "page_types.review"
    label = "review"
    verbose_name = _("审核发布")

    def ready(self):
        from page_types.review import audit, checks, closing, policy, routes
        from page_types.review.correction import routes as corrections
        from page_types.review.deadlines import clock as deadlines
        from page_types.review.deputies import today as deputies
        from page_types.review.follow_up import today as follow_up
        from page_types.review.measures import today as measures
        from page_types.review.notices import today as notices
        from page_types.review.parallel import routes as parallel
        from page_types.review.remarks import telling as remarks
        from page_types.review.reports import replaced as reports
        from page_types.review.scheduled import today as scheduled

        checks.connect()
        closing.close()
        policy.narrow()
        corrections.connect()
        routes.make_readable()
        parallel.watch()
        reports.connect()
        notices.connect()
        deadlines.connect()
        deputies.connect()
        measures.connect()
        scheduled.connect()
        follow_up.connect()
        remarks.connect()
        audit.connect()
