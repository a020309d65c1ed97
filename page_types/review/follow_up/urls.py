"""Addresses of the part, below the room's."""

from django.urls import path

from page_types.review.follow_up import views

urlpatterns = [
    path("live-pages/", views.live_pages, name="live_pages"),
    path("live-pages/<int:pk>/", views.live_page, name="live_page"),
    path("live-pages/<int:pk>/open/", views.open_live_page, name="open_live_page"),
    path("reporting/", views.reporting, name="reporting"),
]
