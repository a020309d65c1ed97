"""What a visitor gets instead of a page: 404 and 403 in the site's own frame.

500.html asks for nothing and never comes here: it must show even when the database is gone.
"""

from django.db import DatabaseError
from django.shortcuts import render

from page_types.publication.announcements import announcements_now, greyscale_now
from page_types.publication.snapshot import snapshot
from page_types.publication.views import portal_facts


def missing(request, exception):
    """404."""
    return render(request, "404.html", _frame(request), status=404)


def forbidden(request, exception):
    """403; the reason stays within: it may tell what the visitor must not know."""
    return render(request, "403.html", _frame(request), status=403)


def _frame(request):
    """What header and footer need; nothing where it cannot be had: the page is then bare."""
    try:
        site = getattr(request, "site_snapshot", None) or snapshot()
    except DatabaseError:
        return {}
    return {
        "site": site,
        "portal": portal_facts(),
        "announcements": announcements_now(site),
        "greyscale": greyscale_now(site),
        "is_missing": True,
    }
