"""推荐结果: queries that have some; and one as visitors get its results, to pin and unpin."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from search.desk import pinning
from search.desk.rights import for_the_desk
from search.searching import search
from search.vocabulary_models import PinnedResult, folded

PER_PAGE, SHOWN = 50, 10
ACTIONS = {
    "pin": (pinning.pin, gettext_lazy("已推荐。")),
    "unpin": (pinning.unpin, gettext_lazy("已取消推荐。")),
    "raise": (pinning.raise_pin, gettext_lazy("已上移。")),
}


@for_the_desk
@require_safe
def index(request):
    """Queries with pinned results."""
    found = PinnedResult.objects.values("query").annotate(pins=Count("pk")).order_by("query")
    return render(
        request,
        "search/desk/pins.html",
        {
            "page_title": _("推荐结果"),
            "header_icon": "thumbtack",
            "lines": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        },
    )


@for_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def one(request):
    """What visitors get for `?q=` now; what is done here takes effect at once."""
    query = folded(request.GET.get("q", ""))[: pinning.LONGEST]
    if not query:
        return redirect("search_desk:pins")
    other = request.GET.get("find", "").strip()[: pinning.LONGEST]
    asked = {"q": query, "find": other} if other else {"q": query}
    here = f"{reverse('search_desk:pin')}?{urlencode(asked)}"
    if request.method == "POST":
        _act(request, query)
        return redirect(here)
    pins = pinning.pins_of(query)
    pinned = {(pin.source, pin.object_id) for pin in pins}
    answer = search(query, per_page=SHOWN, counts=False)
    return render(
        request,
        "search/desk/pin.html",
        {
            "page_title": _("推荐结果"),
            "page_subtitle": query,
            "header_icon": "thumbtack",
            "here": here,
            "query": query,
            "other": other,
            "pins": pins,
            "full": len(pins) >= pinning.MOST,
            "most": pinning.MOST,
            "answer": answer,
            "hits": _offered(answer, pinned),
            "others": _offered(search(other, per_page=SHOWN, counts=False), pinned)
            if other
            else [],
        },
    )


def _act(request, query):
    act, done = ACTIONS.get(request.POST.get("action"), (None, ""))
    if act is None:
        return
    try:
        act(request.user, query, request.POST.get("source", ""), request.POST.get("object_id", ""))
        messages.success(request, done)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])


def _offered(answer, pinned):
    """The hits of an answer, each with whether it is pinned."""
    return [
        {
            "document": hit.document,
            "passage": hit.passage,
            "pinned": (hit.document.source, hit.document.object_id) in pinned,
        }
        for hit in answer.hits
    ]
