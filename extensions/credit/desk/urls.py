"""`/admin/credit/`."""

from django.urls import path

from extensions.credit.desk import detail, reporting, screens, writing

app_name = "credit"
urlpatterns = [
    path("none/", screens.none, name="none"),
    path("none/<int:pk>/withdraw/", screens.withdraw_none, name="withdraw_none"),
    path("report/", reporting.report, name="report"),
    path("<slug:kind>/add/", writing.add, name="add"),
    path("<slug:kind>/submit/", screens.submit, name="submit"),
    path("<slug:kind>/review/", screens.review, name="review"),
    path("<slug:kind>/<int:pk>/", detail.detail, name="detail"),
    path("<slug:kind>/<int:pk>/edit/", writing.edit, name="edit"),
    path("<slug:kind>/<int:pk>/correct/", writing.correct, name="correct"),
]
