"""`/subscribe/`: the columns; `/subscribe/<key>/`: the form; and the two links of the mails."""

from django.urls import path

from extensions.subscriptions import views

urlpatterns = [
    path("", views.columns, name="subscriptions"),
    path("confirm/<str:token>/", views.confirm, name="subscription_confirm"),
    path("stop/<str:token>/", views.stop, name="subscription_stop"),
    path("stop-all/<str:token>/", views.stop, {"every": True}, name="subscription_stop_all"),
    path("<slug:key>/", views.subscribe, name="subscribe"),
]
