"""Addresses of deputies and stuck steps, below the room's."""

from django.urls import path

from page_types.review.deputies import views

urlpatterns = [
    path("deputies/", views.deputies, name="deputies"),
    path("deputies/<int:pk>/withdraw/", views.withdraw, name="deputy_withdraw"),
    path("stuck/", views.stuck_list, name="stuck"),
    path("stuck/<int:pk>/", views.emergency, name="emergency_deputy"),
]
