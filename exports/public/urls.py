"""Addresses of open data; they last (what links to them does not break)."""

from django.urls import path

from exports.public import api, views

#: Below `open-data/`.
pages = [
    path("", views.index, name="open_data"),
    path("<slug:name>/", views.one, name="open_dataset"),
    path("<slug:name>.<slug:form>", views.file, name="open_data_file"),
]
#: Below `api/v1/`.
interfaces = [
    path("openapi.json", api.description, name="openapi"),
    path("datasets/", api.index, name="datasets_api"),
    path("datasets/<slug:name>/", api.one, name="dataset_api"),
]
