"""The public pages: overview, the two tables, a record. No page is asked, no identifier shown."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from exports import datasets, downloads
from exports.formats import FORMATS, TooManyRows
from exports.writing import Wish
from extensions.credit import layouts, lists, statements, tables
from extensions.credit.models import KINDS, PublicNote
from extensions.credit.models.states import State
from extensions.credit.public import column, marks
from extensions.credit.public.column import SLUGS
from extensions.credit.search_source import LABELS
from page_types.organisation.models import Department
from page_types.publication.views import door, public

PER_PAGE = 20
#: Formats that a list offers beside itself.
OFFERED = ("csv", "xlsx", "json")
#: Months without records that the overview and a list name.
MONTHS = 12
ASKED = ("q", "year", "sort", "department", "status")


@public
def overview(request):
    """`/credit/`: how many, by year; the newest; the months without."""
    this_year = timezone.localdate().year
    context = {
        "tabs": column.tabs(),
        "credit_tables": column.newest(),
        "charts": [
            {
                "title": _("公示中的%s，按决定年份") % LABELS[kind],
                "unit": _("件"),
                "chart": "bar",
                "rows": [{"label": str(year), "value": n} for year, n in rows],
            }
            for kind in KINDS
            if (rows := tables.per_year(kind))
        ],
        "this_year": this_year,
        "figures": [{"label": LABELS[kind], **tables.numbers(kind, this_year)} for kind in KINDS],
        "none": statements.standing()[:MONTHS],
    }
    return door(request, "ext_credit/overview.html", reverse("credit"), context)


def _asked(request):
    """What the address asks for; the longest sensible length is kept."""
    return {name: request.GET.get(name, "").strip().replace("\0", "")[:100] for name in ASKED}


@public
def records(request, kind):
    """A table: searched, narrowed, in order, in pages."""
    asked, order = _asked(request), request.GET.get("order", lists.DEFAULT_ORDER)
    if order.removeprefix("-") not in lists.ORDERS:
        order = lists.DEFAULT_ORDER
    found = lists.narrowed(KINDS[kind].objects.told().select_related("department"), kind, **asked)
    page = Paginator(lists.ordered(found, order), PER_PAGE).get_page(request.GET.get("page"))
    given = {name: value for name, value in asked.items() if value}
    path = reverse(f"credit_{SLUGS[kind]}")
    files = [
        {"label": FORMATS[form].label, "url": _url(_file(kind, form), given), "form": form}
        for form in OFFERED
    ]
    dataset = datasets.get(tables.NAMES[kind][0])
    context = {
        "kind": kind,
        "label": LABELS[kind],
        "tabs": column.tabs(kind),
        "lines": page,
        "total": page.paginator.count,
        "withdrawn": found.filter(state=State.WITHDRAWN).count(),
        "page_number": page.number,
        "page_count": page.paginator.num_pages,
        "previous_url": _page(path, given, order, page.number - 1) if page.has_previous() else "",
        "next_url": _page(path, given, order, page.number + 1) if page.has_next() else "",
        "asked": asked,
        "order": order,
        "heads": _heads(path, given, order),
        "years": lists.years_of(kind),
        "sorts": lists.sorts_of(kind),
        "departments": Department.objects.filter(active=True).values_list("code", "name"),
        "statuses": lists.STATUSES,
        "files": files,
        "feed": reverse(f"credit_{SLUGS[kind]}_feed"),
        "path": path,
        "none": statements.standing(kind)[:MONTHS],
        "structured_data": marks.of_table(
            dataset.label,
            dataset.description,
            path,
            [(FORMATS[form].content_type, _file(kind, form)) for form in OFFERED],
            dataset.updated(),
        ),
    }
    return door(request, "ext_credit/records.html", path, context)


def _file(kind, form):
    return reverse(f"credit_{SLUGS[kind]}_file", args=[form])


def _url(path, given):
    return f"{path}?{urlencode(given)}" if given else path


def _page(path, given, order, number):
    more = {} if order == lists.DEFAULT_ORDER else {"order": order}
    return _url(path, given | more | ({"page": number} if number > 1 else {}))


def _heads(path, given, order):
    """Order -> address that sorts by it, turned round where it is in force, and how it stands."""
    heads = {}
    for name in lists.ORDERS:
        turned = f"-{name}" if order == name or (order != f"-{name}" and name != "number") else name
        heads[name] = {
            "url": _page(path, given, turned, 1),
            "sorted": {name: "ascending", f"-{name}": "descending"}.get(order, ""),
        }
    return heads


@public
def record(request, kind, pk):
    """A record with all its public fields and its public history.

    A withdrawn one is its note, which lists link to; 410 after its time.
    """
    found = get_object_or_404(KINDS[kind].objects.select_related("department"), pk=pk)
    if found.public_on is None:
        raise Http404
    path = found.get_absolute_url()
    notes = PublicNote.objects.filter(kind=kind, record_id=pk)
    common = {"kind": kind, "label": LABELS[kind], "list_url": reverse(f"credit_{SLUGS[kind]}")}
    if not found.is_shown:
        withdrawn = found.state == State.WITHDRAWN
        context = {**common, "record": found if withdrawn else None,
                   "notes": notes if withdrawn else ()}  # fmt: skip
        status = 200 if withdrawn else 410
        return door(request, "ext_credit/gone.html", path, context, status=status)
    context = {
        **common,
        "record": found,
        "groups": _groups(found),
        "notes": notes,
        "structured_data": marks.of_record(found),
    }
    return door(request, "ext_credit/record.html", path, context)


def _groups(found):
    """The public columns that have a value: those of the party, then those of the decision."""
    items = layouts.LAYOUTS[found.kind, 2018]
    party = next(n for n, item in enumerate(items) if item.attr.startswith("document_"))
    return [
        {"name": "party", "title": _("行政相对人"), "fields": list(_fields(found, items[:party]))},
        {"name": "decision", "title": _("决定"), "fields": list(_fields(found, items[party:]))},
    ]


def _fields(found, items):
    for item in items:
        if not item.public or (value := found.shown(item.attr)) in (None, ""):
            continue
        if item.attr == "current_state":
            value = {"1": _("有效"), "2": _("无效")}.get(value, value)
        elif item.attr == "valid_to" and found.shown_until is None:
            value = _("长期")
        elif item.kind == layouts.DATE:
            value = value.isoformat()
        elif item.kind == layouts.AMOUNT:
            value = format(value.normalize(), "f")
        yield item.label, value


@public
def download(request, kind, form):
    """The table as a file, narrowed as the list is."""
    if form not in FORMATS:
        raise Http404
    dataset = datasets.get(tables.NAMES[kind][0])
    filters = tuple((name, value) for name, value in _asked(request).items() if value)
    try:
        return downloads.answer(request, dataset, Wish(filters=filters, for_visitors=True), form)
    except TooManyRows:
        raise Http404 from None
