"""Addresses of the screen, below `exports/` of the admin."""

from django.urls import path

from exports.desk import file_views, terms_views, views

app_name = "portal_exports"
urlpatterns = [
    path("", views.index, name="index"),
    path("open-data/terms/", terms_views.edit, name="terms"),
    path("files/<int:pk>/", file_views.one, name="file"),
    path("files/<int:pk>/download/", file_views.download, name="download"),
    path("files/<int:pk>/remove/", file_views.remove, name="remove"),
    path("<slug:name>/", views.one, name="dataset"),
]
