"""`/api/v1/search/`: the search as JSON, for machines: the same results as visitors see."""

from django.conf import settings
from django.http import JsonResponse
from django.utils.cache import patch_cache_control
from django_ratelimit.decorators import ratelimit

from page_types.publication.snapshot import snapshot
from page_types.publication.views import public
from page_types.publication.visitors import network_of
from search.backends.base import Scope
from search.facets import facets_of
from search.pages import Asked
from search.searching import chosen_of, search
from search.sources import kind_labels

#: Results of an answer: as many as asked for, at most.
USUAL, MOST = 10, 200


@ratelimit(
    key=lambda group, request: network_of(request),
    rate=lambda group, request: settings.PORTAL_API_RATE,
    block=False,
)
@public
def search_api(request):
    """Parameters: those of `/search/`, and `size`. Any query answers 200; too many in a row 429."""
    if request.limited:
        return JsonResponse({"error": "too many requests"}, status=429, headers={"Retry-After": 60})
    asked = Asked.of(request)
    size = request.GET.get("size", "")
    size = min(MOST, max(1, int(size))) if size.isdecimal() and len(size) < 6 else USUAL
    answer = search(
        asked.text, filters=asked.filters, order=asked.order, page=asked.page, per_page=size
    )
    site, kinds = snapshot(), kind_labels()
    scope = chosen_of(Scope(), asked.filters)
    response = JsonResponse(
        {
            "query": answer.query.raw,
            "total": answer.total,
            "approximate": answer.approximate,
            "relaxed": answer.relaxed,
            "did_you_mean": answer.did_you_mean,
            "also_searched": answer.also_searched,
            "page": answer.page,
            "pages": answer.pages,
            "results": [_result(hit, site, kinds) for hit in answer.hits],
            "facets": {
                facet.name: [
                    {"value": v.value, "label": v.label, "count": v.count, "chosen": v.chosen}
                    for v in facet.values
                ]
                for facet in facets_of(answer, scope)
            },
        },
        json_dumps_params={"ensure_ascii": False},
    )
    patch_cache_control(response, private=True)
    return response


def _result(hit, site, kinds):
    document = hit.document
    column = site.by_id.get(document.column_id)
    return {
        "title": document.title,
        "url": settings.SITE_URL + document.url,
        "kind": document.kind,
        "kind_label": str(kinds.get(document.kind, "")),
        "column": column.key if column else None,
        "date": document.date.isoformat() if document.date else None,
        "document_number": document.document_number,
        "index_number": document.index_number,
        "validity": document.validity,
        "format": document.format,
        "summary": document.summary,
        "passage": hit.passage,
        "recommended": hit.pinned,
    }
