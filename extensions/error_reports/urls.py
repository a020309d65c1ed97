"""`/report-error/`: the form; `/report-error/state/`: what became of a report."""

from django.urls import path

from extensions.error_reports import views

urlpatterns = [
    path("", views.report, name="report_error"),
    path("state/", views.state, name="error_report_state"),
]
