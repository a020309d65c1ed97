"""Screens of the room, below the admin's prefix."""

from django.urls import path

from page_types.review import desk_views, handover_views, views
from page_types.review.scheduled import urls as scheduled

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("approved/", views.approved, name="approved"),
    path("columns/", desk_views.columns, name="columns"),
    path("duplicate/<int:page_id>/", desk_views.duplicate_page, name="duplicate"),
    path("handover/", handover_views.people, name="handovers"),
    path("handover/<int:user_id>/", handover_views.screen, name="handover"),
    *scheduled.urlpatterns,
    path("<int:task_state_id>/", views.screen, name="screen"),
    path("<int:task_state_id>/preview/", views.preview, name="preview"),
    path("<int:task_state_id>/files/<int:document_id>/", views.file, name="file"),
]
