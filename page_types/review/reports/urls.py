"""Addresses of the reports, below the room's."""

from django.urls import path

from page_types.review.reports import views

urlpatterns = [
    path("reports/aging/", views.aging, name="aging"),
    path("reports/locked/", views.locked, name="locked"),
]
