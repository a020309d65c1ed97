"""The address of the choice between two versions, below the room's."""

from django.urls import path

from page_types.review.parallel import views

urlpatterns = [
    path("parallel/<int:page_id>/<int:revision_id>/", views.screen, name="parallel"),
]
