"""`/credit/`: the overview, the two tables, their records, downloads and feeds."""

from django.urls import path

from extensions.credit.public import feeds, views

urlpatterns = [path("", views.overview, name="credit")]
for kind, slug in (("licence", "licences"), ("penalty", "penalties")):
    given = {"kind": kind}
    urlpatterns += [
        path(f"{slug}/", views.records, given, name=f"credit_{slug}"),
        path(f"{slug}/feed/", feeds.feed, given, name=f"credit_{slug}_feed"),
        path(f"{slug}/<int:pk>/", views.record, given, name=f"credit_{kind}"),
        path(f"{slug}.<slug:form>", views.download, given, name=f"credit_{slug}_file"),
    ]
