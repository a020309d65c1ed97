"""The search door. Until there is an index it says so, and helps on."""

from page_types.publication.views import door, public
from search.sources import all_sources

LONGEST_QUERY = 200


@public
def search(request):
    """`/search/?q=`: that search is being built, and where to look meanwhile."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    return door(
        request, "search/coming.html", "/search/", {"query": query, "sources": all_sources()}
    )
