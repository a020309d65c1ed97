"""Addresses of the schedule, below the room's."""

from django.urls import path

from page_types.review.scheduled import views

urlpatterns = [
    path("scheduled/", views.index, name="scheduled"),
    path("scheduled/<int:pk>/cancel/", views.cancel, name="unschedule"),
]
