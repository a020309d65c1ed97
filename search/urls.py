"""`/search/` and what belongs to it."""

from django.urls import path

from search import click_views, views

urlpatterns = [
    path("", views.results, name="search"),
    path("suggest/", views.suggestions, name="search_suggest"),
    path("feed/", views.feed, name="search_feed"),
    path("opensearch.xml", views.opensearch, name="search_opensearch"),
    path("clicked/", click_views.clicked, name="search_clicked"),
]
