"""The address of the remarks on a page, below the room's."""

from django.urls import path

from page_types.review.remarks import views

urlpatterns = [path("remarks/<int:page_id>/", views.page_remarks, name="remarks")]
