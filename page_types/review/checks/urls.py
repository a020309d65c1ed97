"""Addresses of the checks, below the room's."""

from django.urls import path

from page_types.review.checks import desk, views

urlpatterns = [
    path("checks/", desk.index, name="check_settings"),
    path("checks/settings/<slug:name>/", desk.one, name="check_setting"),
    path("checks/<int:page_id>/", views.screen, name="checks"),
    path("checks/<int:page_id>/mask/", views.mask, name="mask"),
]
