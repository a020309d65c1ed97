"""政府信息公开目录: browsed by organ, genre, topic, year (Art 12: 索引, 名称, 内容概述, 生成日期).

A group of columns of the kind `catalogue` shows everything that is filed in the catalogue; a single
column of that kind shows its own list in the same form.
"""

from django.db.models import Count, Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.lists import PER_PAGE, row_of
from page_types.publication.models import Facet
from page_types.publication.reading import Reading, in_force
from page_types.publication.snapshot import snapshot
from page_types.publication.texts import rebuild
from page_types.publication.views import base_context, page_url, show
from page_types.vocabulary import Genre, Topic

#: Facets by which the catalogue is browsed, in this order in every address.
FACETS = {
    "organ": _("公开机构"),
    "genre": _("体裁"),
    "topic": _("主题"),
    "year": _("年份"),
}


def _label(name, value, organs):
    if name == "organ":
        return organs.get(value, value)
    if name == "genre":
        return dict(Genre.choices).get(value, value)
    if name == "topic":
        return dict(Topic.choices).get(value, value)
    return value


def _filed(chosen):
    """Facet rows "in the catalogue" of the entries that have every chosen facet."""
    filed = Facet.objects.filter(name="catalogue", value="all")
    for name, value in chosen.items():
        same = Facet.objects.filter(entry=OuterRef("entry"), name=name, value=value)
        filed = filed.filter(Exists(same))
    return filed


def address(node, chosen, number=1):
    """The address of the catalogue narrowed to the chosen facets, page `number`."""
    parts = [part for name in FACETS if name in chosen for part in (name, chosen[name])]
    below = "/".join(["by", *parts]) + "/" if parts else ""
    return f"{node.url}{below}{f'page/{number}/' if number > 1 else ''}"


def catalogue_context(site, node, chosen, number=1):
    """Lines, facets with counts and paging; five queries whatever the size."""
    filed = _filed(chosen)
    total = filed.count()
    count = max(1, -(-total // PER_PAGE))
    if number > count:
        raise Http404
    start = (number - 1) * PER_PAGE
    shown = filed.select_related("entry__department", "entry").order_by("-shown_at", "-entry")
    rows = [
        row_of(site, facet.entry, facet.shown_at)
        for facet in shown.defer("entry__text")[start : start + PER_PAGE]
    ]
    open_to_choice = [name for name in FACETS if name not in chosen]
    organs = dict(Department.objects.values_list("code", "name"))
    counts = (
        Facet.objects.filter(name__in=open_to_choice, entry__in=filed.values("entry"))
        .values_list("name", "value")
        .annotate(number=Count("pk"))
    )
    groups = {name: [] for name in open_to_choice}
    for name, value, entries in counts:
        groups[name].append(
            {
                "value": value,
                "label": _label(name, value, organs),
                "count": entries,
                "url": address(node, {**chosen, name: value}),
            }
        )
    for name, values in groups.items():
        values.sort(key=lambda each: each["value"], reverse=name == "year")
    return {
        "rows": rows,
        "total": total,
        "chosen": [
            {
                "name": FACETS[name],
                "label": _label(name, value, organs),
                "without": address(node, {k: v for k, v in chosen.items() if k != name}),
            }
            for name, value in chosen.items()
        ],
        "facets": [(FACETS[name], values) for name, values in groups.items() if values],
        "page_number": number,
        "page_count": count,
        "previous_url": address(node, chosen, number - 1) if number > 1 else "",
        "next_url": address(node, chosen, number + 1) if number < count else "",
        "last_update": rows[0].shown_at if rows and number == 1 and not chosen else None,
    }


def context(reading, node, listed):
    """Hook of the kind: a group of the catalogue shows all that is filed, a column its own list."""
    if not node.group or node.parent is None:
        return {"facets": [], "chosen": []}
    return catalogue_context(reading.site, node, {})


def narrowed(request, entry, facets, number=1):
    """`by/<facet>/<value>/…[page/N/]` below a catalogue; facets in their order, each once."""
    parts = facets.split("/")
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    chosen = dict(pairs)
    names = [name for name in FACETS if name in chosen]
    readable = all(value.isascii() and value.isprintable() for value in chosen.values())
    if len(parts) % 2 or [name for name, _value in pairs] != names or not readable:
        raise Http404
    return _catalogue(request, entry, chosen, number)


def whole(request, entry, number):
    """`page/N/`: of the whole catalogue, or of a column's own list."""
    node = snapshot().by_id[entry.column_id]
    if node.group:
        return _catalogue(request, entry, {}, number)
    if number == 0:
        raise Http404
    if request.path != page_url(node, number):
        return redirect(page_url(node, number), permanent=True)
    return show(request, Reading(None, entry, rebuild(entry.text)), number)


def _catalogue(request, entry, chosen, number):
    reading = Reading(None, entry, rebuild(entry.text))
    node = reading.site.by_id[entry.column_id]
    if not node.group or node.parent is None or number == 0:
        raise Http404
    here = address(node, chosen, number)
    found = catalogue_context(reading.site, node, chosen, number)
    if not found["total"]:
        raise Http404
    if request.path != here:
        return redirect(here, permanent=True)
    with in_force(reading):
        shown = {**base_context(reading, node, path=here), **found}
        return render(request, "page_types/lists/catalogue.html", shown)


urlpatterns = [
    path("by/<path:facets>/page/<int:number>/", narrowed),
    path("by/<path:facets>/", narrowed),
    path("page/<int:number>/", whole),
]
