"""Addresses of measures, below the room's."""

from django.urls import path

from page_types.review.measures import views

urlpatterns = [
    path("measures/", views.index, name="measures"),
    path("measures/<int:pk>/", views.one, name="measure"),
    path("measures/page/<int:page_id>/", views.of_page, name="measures_of_page"),
    path("measures/page/<int:page_id>/<slug:kind>/", views.ask, name="ask_measure"),
]
