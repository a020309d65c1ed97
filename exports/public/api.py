"""`/api/v1/datasets/`: public data sets as JSON, in pages, for machines that only read."""

import hashlib
import json
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from exports.asking import AskedForm
from exports.columns import jsonable
from exports.datasets import OWN_NAMES
from exports.downloads import is_signed_in, told
from exports.public import catalogue, openapi
from exports.public.limits import limited
from exports.public.openapi import LAST_PAGE, MOST, USUAL
from exports.writing import Wish
from page_types.publication.views import public
from page_types.review.audit.downloads import note_download

#: Digits of a number in an address, at most: leading noughts are no way past a limit.
LONGEST_NUMBER = 10


def _refused(request):
    return error(_("请求过于频繁，请一分钟后再试。"), 429)


def interface(view):
    """An interface: read-only, for pages of other sites too, with a strong ETag and a limit."""

    @limited("open-data-api", "PORTAL_API_RATE", _refused)
    @public
    @wraps(view)
    def answered(request, *args, **kwargs):
        made = view(request, *args, **kwargs)
        if isinstance(made, HttpResponse):
            return made
        text = json.dumps(made, ensure_ascii=False, indent=1)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'
        response["Access-Control-Allow-Origin"] = "*"
        # What was withdrawn must be gone at once: kept, but asked after each time.
        patch_cache_control(response, public=True, no_cache=True)
        return get_conditional_response(request, response["ETag"], response=response)

    return answered


def error(message, status, **more):
    """What went wrong, in words and by field."""
    response = JsonResponse(
        {"error": str(message), **more},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response


@interface
def index(request):
    """The catalogue."""
    return {
        "licence": catalogue.licence(),
        "openapi": f"{settings.SITE_URL}{openapi.PATH}",
        "datasets": [_about(item) for item in catalogue.all_shown()],
    }


@interface
def one(request, name):
    """A page of a data set's rows."""
    item = catalogue.one_shown(name)
    if item is None:
        return error(_("没有这个数据集。"), 404)
    dataset = item.dataset
    asked = AskedForm(dataset, request.GET)
    problems = {} if asked.is_valid() else asked.problems
    numbers = {}
    for key, usual, most in (("page", 1, LAST_PAGE), ("size", USUAL, MOST)):
        text = request.GET.get(key, str(usual))
        number = _whole(text)
        if 0 < number <= most:
            numbers[key] = number
        else:
            problems[key] = [_("请填写 1 至 %(most)d 的整数。") % {"most": most}]
    known = OWN_NAMES - {"format"} | {each.name for each in dataset.filters}
    for key in request.GET.keys() - known:
        problems[key] = [_("没有这个参数。")]
    if problems:
        return error(_("参数有误，请改正。"), 400, fields=problems)
    page = _page(request, item, asked, **numbers)
    if request.method == "GET" and is_signed_in(request):
        filters = told(Wish(*asked.asked)) | numbers
        note_download(
            request, name, "api", len(page["results"]), filters=filters, action="export.read"
        )
    return page


def _whole(text):
    """The number that a text is, 0 where it is none or longer than any that is taken."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else 0


def _page(request, item, asked, page, size):
    start, end, filters = asked.asked
    filters = dict(filters)
    narrowed = bool(start or end or filters)
    total = item.dataset.counted(start, end, **filters) if narrowed else item.rows
    pages = max(1, -(-total // size))
    names = [column.name for column in item.dataset.columns]
    rows = item.dataset.some(start, end, (page - 1) * size, size, **filters)
    return {
        "dataset": item.dataset.name,
        "total": total,
        "page": page,
        "size": size,
        "pages": pages,
        "previous": _link(request, item, min(page - 1, pages)) if page > 1 else None,
        "next": _link(request, item, page + 1) if page < pages else None,
        "results": [dict(zip(names, map(jsonable, row), strict=True)) for row in rows],
    }


def _link(request, item, page):
    asked = {**request.GET.dict(), "page": page}
    return f"{settings.SITE_URL}{item.api}?{urlencode(asked)}"


def _about(item):
    dataset, site = item.dataset, settings.SITE_URL
    return {
        "name": dataset.name,
        "label": str(dataset.label),
        "description": str(dataset.description),
        "updated": item.updated.isoformat() if item.updated else None,
        "rows": item.rows,
        "downloads": item.downloads,
        "page": site + item.path,
        "url": site + item.api,
        "files": {form.name: site + path for form, path in item.files},
        "columns": [
            {
                "name": column.name,
                "label": str(column.label),
                "kind": column.kind,
                "help": str(column.help),
            }
            for column in dataset.columns
        ],
        "filters": [
            {
                "name": each.name,
                "label": str(each.label),
                "choices": [{"value": v, "label": label} for v, label in each.pairs()] or None,
            }
            for each in dataset.filters
        ],
    }


@interface
def description(request):
    """The document that describes all interfaces of the site."""
    return openapi.document()
