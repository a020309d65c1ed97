"""Screens of the room, below the admin's prefix."""

from django.urls import path

from page_types.review import views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("approved/", views.approved, name="approved"),
    path("<int:task_state_id>/", views.screen, name="screen"),
    path("<int:task_state_id>/preview/", views.preview, name="preview"),
    path("<int:task_state_id>/files/<int:document_id>/", views.file, name="file"),
]
