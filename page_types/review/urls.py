"""Screens of the room, below the admin's prefix."""

from django.urls import path

from page_types.review import desk_views, handover_views, screen_views, views
from page_types.review.audit import urls as audit
from page_types.review.checks import urls as checks
from page_types.review.deputies import urls as deputies
from page_types.review.follow_up import urls as follow_up
from page_types.review.measures import urls as measures
from page_types.review.notices import urls as notices
from page_types.review.parallel import urls as parallel
from page_types.review.remarks import urls as remarks
from page_types.review.reports import urls as reports
from page_types.review.scheduled import urls as scheduled

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("approved/", views.approved, name="approved"),
    path("columns/", desk_views.columns, name="columns"),
    path("duplicate/<int:page_id>/", desk_views.duplicate_page, name="duplicate"),
    path("handover/", handover_views.people, name="handovers"),
    path("handover/<int:user_id>/", handover_views.screen, name="handover"),
    *audit.urlpatterns,
    *follow_up.urlpatterns,
    *checks.urlpatterns,
    *measures.urlpatterns,
    *deputies.urlpatterns,
    *notices.urlpatterns,
    *parallel.urlpatterns,
    *reports.urlpatterns,
    *scheduled.urlpatterns,
    *remarks.urlpatterns,
    path("<int:task_state_id>/", screen_views.screen, name="screen"),
    path("<int:task_state_id>/preview/", screen_views.preview, name="preview"),
    path("<int:task_state_id>/public/", screen_views.public_version, name="public"),
    path("<int:task_state_id>/files/<int:document_id>/", screen_views.file, name="file"),
]
