"""Doors of the theme."""

from django.urls import path

from theme import views

urlpatterns = [
    path("reading/", views.preferences, name="reading"),
    path("qr/<path:path>.svg", views.qr_code, name="qr_code"),
]
