"""Addresses of the audit's screen, below the room's."""

from django.urls import path

from page_types.review.audit import course_views, views

urlpatterns = [
    path("audit/", views.trail, name="audit"),
    path("audit/pages/<int:page_id>/", course_views.page_course, name="page_course"),
]
