"""Addresses of the notices, below the room's."""

from django.urls import path

from page_types.review.notices import views

urlpatterns = [
    path("notices/", views.index, name="notices"),
    path("notices/<int:pk>/", views.opened, name="notice"),
    path("notices/read/", views.read, name="notices_read"),
    path("notices/choices/", views.choices, name="notice_choices"),
    path("notices/failed/", views.failed, name="notices_failed"),
]
