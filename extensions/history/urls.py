"""`/history/<page>/`: the change log of one document."""

from django.urls import path

from extensions.history import views

urlpatterns = [path("<int:page_id>/", views.change_log, name="change_log")]
