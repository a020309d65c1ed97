"""`/history/<page>/`: the change log of one document, and its versions compared."""

from django.urls import path

from extensions.history import views

urlpatterns = [
    path("<int:page_id>/", views.change_log, name="change_log"),
    path("<int:page_id>/compare/", views.choose, name="choose_versions"),
    path("<int:page_id>/compare/<int:old>/<int:new>/", views.comparison, name="compare_versions"),
]
