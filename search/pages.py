"""What the page of results says: chips, facets as links, pages; made from one Answer."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from page_types.publication import doors
from page_types.publication.snapshot import snapshot
from search import facets
from search.backends.base import Scope
from search.searching import DATE, FILTERS, RELEVANCE, chosen_of

DAYS = ("since", "until")
#: What nobody types and no XML may hold.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ufffe\uffff]+")


def printable(text):
    """The text with a space for control characters: feeds cannot hold them."""
    return UNPRINTABLE.sub(" ", text)


@dataclass(frozen=True)
class Asked:
    """What an address asks: `q`, filters (name -> values), order, page number."""

    text: str
    filters: dict
    order: str
    page: int

    @classmethod
    def of(cls, request):
        """From the parameters of a request; what makes no sense is left aside."""
        get = request.GET
        filters = {name: get.getlist(name)[:50] for name in (*FILTERS, *DAYS) if get.get(name)}
        page = get.get("page", "1")
        return cls(
            printable(get.get("q", "")),
            filters,
            DATE if get.get("sort") == DATE else RELEVANCE,
            min(int(page), 10_000) if page.isdecimal() and len(page) < 6 and int(page) else 1,
        )

    def url(self, path="", **changes):
        """The address of the same with changes; the first page and the usual order are unsaid."""
        asked = {"q": self.text, **self.filters, "sort": self.order, "page": self.page, **changes}
        if asked["sort"] == RELEVANCE:
            del asked["sort"]
        if asked["page"] == 1:
            del asked["page"]
        wanted = {name: value for name, value in asked.items() if value or name == "q"}
        return f"{path}?{urlencode(wanted, doseq=True)}"

    def toggled(self, name, value):
        """The address with one choice more, or less."""
        values, value = list(self.filters.get(name, ())), str(value)
        values = [v for v in values if v != value] if value in values else [*values, value]
        return self.url(page=1, **{name: values})


@dataclass(frozen=True)
class Chip:
    """A choice in force, and the address without it."""

    label: str
    text: str
    url: str


def page_context(asked, answer):
    """What `search/results.html` shows beside the answer itself."""
    found = facets.facets_of(answer, chosen_of(Scope(), asked.filters))
    for facet in found:
        for value in facet.values:
            value.url = asked.toggled(facet.name, value.value)
    return {
        "asked": asked,
        "query": asked.text,
        "answer": answer,
        "facets": found,
        "chips": _chips(asked, found),
        "without_filters": asked.url(page=1, **dict.fromkeys(asked.filters)),
        "by_relevance": asked.url(sort=RELEVANCE, page=1),
        "by_date": asked.url(sort=DATE, page=1),
        "page_number": answer.page,
        "page_count": answer.pages,
        "previous_url": asked.url(page=answer.page - 1) if answer.page > 1 else "",
        "next_url": asked.url(page=answer.page + 1) if answer.page < answer.pages else "",
        "feed": asked.url("/search/feed/", sort="", page=1),
        "mended": urlencode({"q": answer.did_you_mean}),
        "quoted": urlencode({"q": f"“{asked.text}”"}),
        "ways": _ways(),
        "kept": [
            (name, value)
            for name, values in asked.filters.items()
            if name not in DAYS
            for value in values
        ],
    }


def _chips(asked, found):
    chips = [
        Chip(facet.label, value.label, value.url)
        for facet in found
        for value in facet.values
        if value.chosen and str(value.value) in asked.filters.get(facet.name, ())
    ]
    labels = {"since": _("不早于"), "until": _("不晚于")}
    for name in DAYS:
        if values := asked.filters.get(name):
            chips.append(Chip(labels[name], values[0], asked.url(page=1, **{name: ""})))
    return chips


def _ways():
    """Where to go on when nothing is found: to ask for it, to say what is missing."""
    label = _("申请公开您需要的信息（%s）")
    nodes = [node for node in snapshot().walk() if node.kind == "requests"]
    ways = [{"url": node.url, "label": label % node.title} for node in nodes]
    return [
        *ways,
        *({"url": door.url, "label": door.label} for door in doors.all_doors() if door.helps),
    ]
