"""Doors of the theme: reading preferences without script, and QR codes of public pages."""

from io import BytesIO
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot
from page_types.publication.views import door, public
from theme import reading, variants

DOOR = "/reading/"
#: The form: name of a preference, its heading, its choices in the order of the page.
FORM = (
    ("size", _("文字大小"), (
        ("small", _("小")), ("medium", _("中（原始）")), ("large", _("大")), ("largest", _("特大")),
    )),
    ("contrast", _("配色"), (
        ("normal", _("原始（随系统明暗）")), ("high", _("高对比（白底黑字）")),
        ("black", _("黑底黄字")), ("blue", _("蓝底黄字")),
    )),
    ("view", _("版面"), (
        ("normal", _("原始")), ("elder", _("长辈版（字大、按钮大、内容精简）")),
        ("plain", _("纯文本（单栏，图片换成文字说明）")),
    )),
    ("guide", _("辅助线（随鼠标和光标移动，需要浏览器脚本）"), (
        ("off", _("关")), ("on", _("开")),
    )),
)  # fmt: skip


@public
def preferences(request):
    """`/reading/`: a form; with choices in the query they are kept, and the reader goes back.

    A link may bring a single choice (`?view=elder`): the others stay. `back` is taken only when it
    is an address of this site, else the page that the reader came from, else the home page.
    """
    chosen = reading.chosen_by(request)
    back = _way_back(request)
    if request.GET.get("reset"):
        return _kept(request, {}, back)
    if any(name in request.GET for name in reading.CHOICES):
        return _kept(request, reading.changed(chosen, request.GET), back)
    context = {"back": back, "groups": _groups(chosen)}
    response = door(request, "theme/reading.html", DOOR, context)
    response.headers["Cache-Control"] = "private"
    return response


def _groups(chosen):
    return [
        {"name": name, "legend": legend, "choices": choices,
         "chosen": chosen.get(name, reading.CHOICES[name][0])}
        for name, legend, choices in FORM
    ]  # fmt: skip


def _kept(request, chosen, back):
    response = HttpResponseRedirect(back or "/")
    reading.remember(response, chosen, request.is_secure())
    return response


def _way_back(request):
    """A path of this site, other than this door; empty if nothing acceptable is known."""
    wanted = request.GET.get("back", "")
    if not wanted:
        came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
        if came_from.netloc == request.get_host():
            wanted = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    # Without hosts and schemes allowed only a path is safe.
    if not wanted.startswith("/") or not url_has_allowed_host_and_scheme(wanted, None):
        return ""
    return "" if variants.of_path(wanted.partition("?")[0])[1] == DOOR else wanted


@public
def qr_code(request, path):
    """`/qr/<path>.svg`: the address of a public page as a picture; 404 for anything else.

    Two queries at most, whatever the path.
    """
    site = snapshot()
    node, rest, former = site.longest(path.strip("/"))
    if node is None or former or len(rest) > 1 or not _is_public(node, rest):
        raise Http404
    picture = BytesIO()
    address = settings.SITE_URL + node.url + "".join(f"{slug}/" for slug in rest)
    segno.make_qr(address, error="m").save(
        picture, kind="svg", scale=4, xmldecl=False, light="#fff"
    )
    response = HttpResponse(picture.getvalue(), content_type="image/svg+xml")
    # An address is never given to another page: the picture of it cannot grow wrong.
    response.headers["Cache-Control"] = "public, max-age=2592000"
    return response


def _is_public(node, rest):
    return not rest or (
        len(rest[0]) <= 255
        and "\0" not in rest[0]
        and Entry.objects.filter(column_id=node.pk, slug=rest[0]).exists()
    )
