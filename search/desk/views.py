"""检索情况: what people look for, do not find, open; on the screen and as a file."""

import csv
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from page_types.publication.cells import harmless
from page_types.review.audit.downloads import note_download
from search.desk import figures
from search.desk.rights import for_the_desk
from search.desk.viewsets import VIEWSETS

PER_PAGE = 50
#: Lines of a file, the most important first.
MOST_LINES = 5000


@for_the_desk
@require_safe
def index(request):
    """A list of a period, or with `?export=csv` as a file."""
    name = request.GET.get("list")
    name = name if name in figures.LISTS else "popular"
    days = _days(request.GET.get("days"))
    opened = name == "clicks"
    found = figures.clicked(days) if opened else figures.queries(name, days)
    made = figures.click_lines if opened else lambda rows: figures.lines(rows, days)
    if request.GET.get("export") == "csv":
        return _file(request, name, days, list(made(found[:MOST_LINES])))
    lines = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    shown = list(made(lines.object_list))
    return render(
        request,
        "search/desk/index.html",
        {
            "page_title": _("检索情况"),
            "header_icon": "search",
            "name": name,
            "days": days,
            "tabs": [
                (each, label, urlencode({"list": each, "days": days}))
                for each, (label, _count) in figures.LISTS.items()
            ],
            "periods": figures.PERIODS,
            "totals": figures.totals(days),
            "lines": lines,
            "shown": shown,
            "more": urlencode({"list": name, "days": days}),
            "lists": VIEWSETS,
        },
    )


def _days(asked):
    return int(asked) if asked in map(str, figures.PERIODS) else figures.PERIODS[1]


def _file(request, name, days, lines):
    """The list as CSV; that it left the house is in the audit trail."""
    file = f"search-{name}-{days}d-{timezone.localdate():%Y%m%d}"
    note_download(request, file, "csv", len(lines))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file}.csv"'
    response.write("\ufeff")  # tells spreadsheet programs that the text is UTF-8
    writer = csv.writer(response)
    if name == "clicks":
        heads = [_("检索词"), _("打开的结果"), _("网址"), _("打开次数"), _("平均位次")]
        rows = [
            [each.query, each.title, each.url, each.clicks, _tenth(each.place)] for each in lines
        ]
    else:
        heads = [
            _("检索词"), _("检索次数"), _("天数"), _("没有结果"), _("没有完全相符的结果"),
            _("最近一次结果数"), _("打开次数"), _("平均位次"),
        ]  # fmt: skip
        rows = [
            [each.query, each.asked, each.days, each.empty, each.relaxed, each.found, each.clicks,
             _tenth(each.place)]
            for each in lines
        ]  # fmt: skip
    writer.writerow(heads)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return response


def _tenth(number):
    return "" if number is None else f"{number:.1f}"
