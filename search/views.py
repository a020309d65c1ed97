"""The search door: results, suggestions, a feed of a query, a description for browsers."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_response_headers
from django.utils.translation import gettext as _

from page_types.organisation.models import Department
from page_types.publication.feeds import ColumnFeed
from page_types.publication.snapshot import snapshot
from page_types.publication.views import door, public
from search.log import note_query
from search.pages import Asked, page_context, printable
from search.popular import popular
from search.searching import DATE, search
from search.sources import format_label, kind_labels
from search.suggesting import suggest

PATH = "/search/"
#: Results on a page, items of a feed, seconds for which a suggestion may be kept.
PER_PAGE, FEED_LENGTH, SUGGESTED_FOR = 10, 30, 300


@public
def results(request):
    """`/search/?q=`: the results, or, with nothing asked, how to search."""
    asked = Asked.of(request)
    answer = _answer(asked)
    if not answer.hits and 1 < answer.pages < asked.page:
        # Past the end, as an old link may be: the last page there is.
        asked = replace(asked, page=answer.pages)
        answer = _answer(asked)
    again = bool(asked.filters) or asked.page > 1 or asked.order == DATE
    noted = note_query(request, answer, again=again)
    _name_things(answer, asked, noted)
    context = page_context(asked, answer)
    context["canonical_url"] = settings.SITE_URL + asked.url(PATH)
    context["popular"] = popular() if not answer.hits else []
    # What a result was given its place for: for the office's eyes.
    context["explain"] = "explain" in request.GET and is_staff(request.user)
    response = door(request, "search/results.html", PATH, context)
    patch_cache_control(response, private=True)
    return response


def _answer(asked):
    return search(
        asked.text, filters=asked.filters, order=asked.order, page=asked.page, per_page=PER_PAGE
    )


def is_staff(user):
    """Whether somebody of the bureau is signed in."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def _name_things(answer, asked, noted):
    """Give each hit what its line says: column, department, kind, and where its click is told."""
    names = dict(
        Department.objects.filter(
            pk__in={hit.document.department_id for hit in answer.hits}
        ).values_list("pk", "name")
    )
    kinds, site = kind_labels(), snapshot()
    first = (asked.page - 1) * PER_PAGE + 1
    for place, hit in enumerate(answer.hits, first):
        document = hit.document
        hit.column = site.by_id.get(document.column_id)
        hit.department = names.get(document.department_id, "")
        hit.kind_label = kinds.get(document.kind, "")
        hit.format_label = format_label(document.format) if document.format else ""
        hit.ping, hit.place = noted.ping(hit, place), place


@public
def suggestions(request):
    """`/search/suggest/?q=`: suggestions as JSON, the same for everybody, kept for a while."""
    found = suggest(request.GET.get("q", ""))
    response = JsonResponse(
        {"suggestions": [{"text": s.text, "kind": s.kind, "url": s.url} for s in found]},
        json_dumps_params={"ensure_ascii": False},
    )
    patch_response_headers(response, SUGGESTED_FOR)
    return response


@public
def feed(request):
    """`/search/feed/?q=`: the newest results of a query as RSS."""
    asked = Asked.of(request)
    answer = search(
        asked.text, filters=asked.filters, order=DATE, per_page=FEED_LENGTH, counts=False
    )
    site = snapshot()
    rss = ColumnFeed(
        title=f"{_('检索')}：{asked.text} - {site.name}",
        link=settings.SITE_URL + asked.url(PATH, page=1),
        description=_("符合检索条件的最新信息"),
        language="zh-cn",
        feed_url=settings.SITE_URL + asked.url("/search/feed/", page=1),
    )
    for hit in answer.hits:
        url = settings.SITE_URL + hit.document.url
        rss.add_item(
            title=printable(hit.document.title),
            link=url,
            description=printable(hit.document.summary or hit.passage),
            pubdate=hit.document.entry.shown_at if hit.document.entry else None,
            unique_id=url,
        )
    return HttpResponse(rss.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@public
def opensearch(request):
    """`/search/opensearch.xml`: lets browsers offer this search in their address bar."""
    context = {"site": snapshot(), "url": settings.SITE_URL}
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "search/opensearch.xml", context, content_type=kind)
