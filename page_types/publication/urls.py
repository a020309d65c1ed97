"""Doors of the reading side, and the router for every other address."""

from django.urls import path, re_path

from page_types.publication import documents, feeds, privacy, router

urlpatterns = [
    path("feeds/<slug:key>.xml", feeds.column_feed, name="column_feed"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", feeds.sitemap_section, name="sitemap_section"),
    path("robots.txt", feeds.robots, name="robots"),
    path("site-map/", feeds.site_map, name="site_map"),
    path("privacy/", privacy.notice, name="privacy"),
    path("documents/<int:document_id>/", documents.shown_document, name="shown_document"),
    # Wagtail's name for the same door: the admin builds its links by it.
    path(
        "documents/<int:document_id>/<path:document_filename>",
        documents.shown_document,
        name="wagtaildocs_serve",
    ),
    re_path(r"^(?P<path>.*)$", router.serve, name="public_page"),
]
