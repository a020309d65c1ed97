"""`/open-data/`: the catalogue, a data set with its columns, its files at lasting addresses."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpResponseRedirect
from django.utils.text import Truncator
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from exports.asking import AskedForm, FileForm
from exports.columns import DATE, IDENTIFIER, KIND_LABELS, MOMENT, NUMBER, plain
from exports.downloads import answer
from exports.formats import FORMATS, LIMIT, TooManyRows
from exports.public import catalogue
from exports.public.limits import limited
from exports.terms import terms
from exports.writing import Wish
from page_types.publication.meta import as_json_ld
from page_types.publication.snapshot import snapshot
from page_types.publication.views import door, public

#: Rows that a page shows of its data set.
SAMPLE = 5
#: Characters that it shows of a cell, and kinds whose cells stand in one line.
SAID, SHORT = 30, frozenset({NUMBER, DATE, MOMENT, IDENTIFIER})


@public
def index(request):
    """Every public data set."""
    items, held = catalogue.all_shown(), terms()
    data = {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "dataset": [catalogue.structured(item, snapshot().name, held) for item in items],
    }
    return door(
        request,
        "exports/open_data/index.html",
        catalogue.PATH,
        {
            "items": items,
            "licence": held,
            "structured_data": as_json_ld(data),
        },
    )


@public
def one(request, name):
    """A data set: what its columns mean, some rows, a form for a part of it."""
    item = _item(name)
    form = FileForm(item.dataset, request.GET if "format" in request.GET else None)
    if form.is_bound and form.is_valid():
        wanted = {key: value for key, value in request.GET.items() if value and key in form.fields}
        kind = wanted.pop("format")
        query = f"?{urlencode(wanted)}" if wanted else ""
        return HttpResponseRedirect(f"{catalogue.PATH}{name}.{kind}{query}")
    return _page(request, item, form, status=400 if form.errors else 200)


def _page(request, item, form, status=200):
    rows = item.dataset.some(None, None, 0, SAMPLE)
    held, columns = terms(), item.dataset.columns
    about = catalogue.structured(item, snapshot().name, held)
    return door(
        request,
        "exports/open_data/dataset.html",
        item.path,
        {
            "item": item,
            "form": form,
            "breadcrumbs": [{"title": _("数据开放"), "url": catalogue.PATH}],
            "columns": [{"column": each, "kind": KIND_LABELS[each.kind]} for each in columns],
            "sample": [
                [(_told(cell), each.kind in SHORT) for cell, each in zip(row, columns, strict=True)]
                for row in rows
            ],
            "licence": held,
            "limit": LIMIT,
            "structured_data": as_json_ld({"@context": "https://schema.org", **about}),
        },
        status=status,
    )


def _told(cell):
    """A cell for people: the beginning of a long text, a moment without its offset."""
    if isinstance(cell, datetime):
        cell = localtime(cell) if is_aware(cell) else cell
        return f"{cell:%Y-%m-%d %H:%M}"
    return Truncator(plain(cell)).chars(SAID) or "—"


def _too_many(request):
    return door(request, "exports/open_data/too_many.html", catalogue.PATH)


@limited("open-data-files", "PORTAL_DOWNLOAD_RATE", _too_many)
@public
def file(request, name, form):
    """A data set as a file; `from`, `to` and its filters narrow it."""
    item = _item(name)
    if form not in FORMATS:
        raise Http404
    asked = AskedForm(item.dataset, request.GET)
    if not asked.is_valid():
        return _page(request, item, _with_format(item, request, form), status=400)
    start, end, filters = asked.asked
    wish = Wish(start, end, filters, for_visitors=True)
    # Data are Chinese, whatever the language of the page that leads to them.
    with override("zh-hans"):
        try:
            return answer(request, item.dataset, wish, form)
        except TooManyRows as why:
            problem = str(why)
    shown = _with_format(item, request, form)
    shown.add_error("format", problem)
    return _page(request, item, shown, status=400)


def _with_format(item, request, form):
    return FileForm(item.dataset, {**request.GET.dict(), "format": form})


def _item(name):
    found = catalogue.one_shown(name)
    if found is None:
        raise Http404(_("没有这个数据集。"))
    return found
