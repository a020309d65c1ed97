"""Every address of the portal: doors first, then the public router for all the rest."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.urls import include, path
from django.views import static
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from exports.public import urls as open_data
from portal import health
from portal.extensions import extension_urls
from portal.wrapping import wrap
from search.api import search_api

# Wagtail's admin carries inline script and style without nonces (measured): it alone may.
_admin_csp = csp_replace(
    {
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
    }
)


def admin_policy(view):
    """The admin's looser headers: it shows previews of its own in frames."""
    return _admin_csp(xframe_options_sameorigin(view))


urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin", RedirectView.as_view(url="/admin/")),
    *wrap(path("admin/", include(wagtailadmin_urls)), admin_policy),
    path("search/", include("search.urls")),
    path("api/v1/search/", search_api, name="search_api"),
    path("api/v1/", include(open_data.interfaces)),
    path("open-data/", include(open_data.pages)),
    *(
        path(prefix, include(urlconf))
        for prefix, urlconf in extension_urls(settings.PORTAL_EXTENSIONS)
    ),
    # Scaled pictures. A web server in front serves the same folder itself.
    path(
        "media/<path:path>",
        require_safe(static.serve),
        {"document_root": settings.STORAGES["renditions"]["OPTIONS"]["location"]},
    ),
    path("", include("theme.urls")),
    path("", include("page_types.publication.urls")),
]
handler404 = "theme.errors.missing"
handler403 = "theme.errors.forbidden"
