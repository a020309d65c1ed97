"""Addresses of the desk, below `search-desk/` of the admin."""

from django.urls import path

from search.desk import paste_views, pin_views, views

app_name = "search_desk"
urlpatterns = [
    path("", views.index, name="index"),
    path("synonyms/", paste_views.paste, name="paste"),
    path("pins/", pin_views.index, name="pins"),
    path("pins/query/", pin_views.one, name="pin"),
]
