"""Links that lead nowhere: to pages and files visitors do not get, or to no address at all."""

import re
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, get_resolver, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.models import Page

from page_types.publication import kinds
from page_types.publication.models import Address, Entry
from page_types.publication.router import serve
from page_types.publication.snapshot import snapshot
from page_types.publication.texts import references_of
from page_types.review.checks.anchors import block_anchor
from page_types.review.checks.registry import Problem, Severity, once_a_run, register
from page_types.review.checks.words import own_pieces_of

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
_ATTRIBUTE = re.compile(r'([\w-]+)\s*=\s*"([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
#: Links to our own addresses that are followed in one text; each costs a query or two.
FOLLOWED = 40
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]*"
)
_PREFIXES = ("hant", "en")


@once_a_run
def links_in(text):
    """(piece, attributes, words) of all links in rich text."""
    return [
        (
            piece,
            {name: unescape(value) for name, value in _ATTRIBUTE.findall(found.group(1))},
            unescape(_TAG.sub("", found.group(2))).strip(),
        )
        for piece in own_pieces_of(text)
        if piece.html
        for found in _LINK.finditer(piece.source)
    ]


def _numbers(links, kind):
    return {
        int(attributes["id"])
        for _piece, attributes, _words in links
        if attributes.get("linktype") == kind and attributes.get("id", "").isdigit()
    }


@register(
    name="dead_links", label=gettext_lazy("站内链接"),
    help=gettext_lazy("链接的页面没有公开、已经撤下，或链接的文件不存在"),
)  # fmt: skip
def internal_links_lead_somewhere(text, page):
    """Pages and files of our own: visitors must get them."""
    links = links_in(text)
    public = set(
        Entry.objects.filter(pk__in=_numbers(links, "page")).values_list("pk", flat=True)
    ) | {page.pk}
    files = _numbers(links, "document")
    stored = files and set(
        get_document_model().objects.filter(pk__in=files).values_list("pk", flat=True)
    )
    followed = {}
    for piece, attributes, words in links:
        kind, number = attributes.get("linktype"), attributes.get("id", "")
        dead = (
            (kind == "page" and not (number.isdigit() and int(number) in public))
            or (kind == "document" and not (number.isdigit() and int(number) in stored))
        )  # fmt: skip
        if kind is None and (path := _own_path(attributes.get("href", ""))) is not None:
            if path not in followed and len(followed) < FOLLOWED:
                followed[path] = is_public(path)
            dead = not followed.get(path, True)
        if dead:
            yield Problem(
                piece.field,
                _("链接“%(words)s”指向的内容没有公开") % {"words": words[:30]},
                mend=_("请改为已公开的页面或文件，或先发布它，或去掉链接。"),
                anchor=block_anchor(piece.block),
            )


@register(
    name="unpublished_relations", label=gettext_lazy("相关页面"), severity=Severity.ADVICE,
    help=gettext_lazy("所选的相关页面还没有公开：公开之前不显示"),
)  # fmt: skip
def related_pages_are_public(text, page):
    """A chosen page may go out later: then the relation appears by itself. So it is only said."""
    inline = _numbers(links_in(text), "page")
    chosen = {
        pk: role.partition(".")[0]
        for model, pk, role in references_of(text)
        if issubclass(model, Page) and pk not in inline
    }
    public = set(Entry.objects.filter(pk__in=chosen).values_list("pk", flat=True)) if chosen else ()
    for pk, field in chosen.items():
        if pk not in public:
            yield Problem(
                field, _("所选的相关页面还没有公开，公开之前网页上不显示"), blocking=False,
                mend=_("请确认它会公开。"),
            )  # fmt: skip


@register(
    name="malformed_links", label=gettext_lazy("外部链接的写法"),
    help=gettext_lazy("网址不完整或有不该有的字符"),
)  # fmt: skip
def external_links_are_addresses(text, page):
    """An address that no browser can open."""
    for piece, attributes, words in links_in(text):
        href = attributes.get("href")
        if "linktype" in attributes or href is None:
            continue
        if why := malformed(href):
            yield Problem(
                piece.field,
                _("链接“%(words)s”的网址写法有误：%(why)s") % {"words": words[:30], "why": why},
                mend=_("请从浏览器的地址栏完整复制。"),
                anchor=block_anchor(piece.block),
            )


def malformed(href):
    """What is wrong with the address of a link, as a few words; empty if nothing."""
    href = href.strip()
    if href.startswith("#"):
        return "" if len(href) > 1 else _("是空的")
    if not href:
        return _("是空的")
    if re.search(r"[\s\u3000-\u303f\uff00-\uffef<>\"\\^`{|}]", href):
        return _("含有空格、全角字符或中文标点")
    if href.startswith("/") and not href.startswith("//"):
        return ""
    try:
        parts = urlsplit(href)
        _port = parts.port
    except ValueError:
        return _("不是网址")
    if parts.scheme == "mailto":
        return "" if re.fullmatch(r"[^@]+@[^@]+\.[^@]+", parts.path) else _("邮箱不完整")
    if parts.scheme == "tel":
        return "" if re.fullmatch(r"\+?[\d\-() ]{3,}", parts.path) else _("电话号码不完整")
    if parts.scheme not in ("http", "https", "ftp"):
        return _("缺少 http:// 或 https://")
    if not _HOST.fullmatch(parts.hostname or "") and parts.hostname != "localhost":
        return _("域名不完整")
    return _("网址重复了") if re.match(r"/*https?:?/", parts.path) else ""


def _own_path(href):
    """The path of a link to our own site that is written as an address; None for others."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return None
    own = urlsplit(settings.SITE_URL).netloc
    if parts.netloc == own or (not parts.netloc and not parts.scheme and parts.path[:1] == "/"):
        return parts.path or "/"
    return None


def is_public(path):
    """Whether a visitor gets something at a path of ours. Two queries at most, nothing rendered."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in _PREFIXES:
        parts = parts[1:]
    trimmed = "/".join(parts)
    try:
        match = resolve(f"/{trimmed}/" if trimmed else "/")
    except Resolver404:
        return False
    if match.func is not serve:
        return True  # a door: it answers for itself
    node, rest, _former = snapshot().longest(trimmed)
    if node is None:
        return False
    if not rest or rest[0] == "page" or _of_kind(node, rest):
        return True
    if len(rest) > 1:
        return False
    address = Address.objects.filter(column_id=node.pk, slug=rest[0]).first()
    return address is not None and Entry.objects.filter(pk=address.page_id).exists()


def _of_kind(node, rest):
    urlconf = kinds.get(node.kind).urlconf
    try:
        return bool(urlconf and get_resolver(urlconf).resolve("/" + "/".join(rest) + "/"))
    except Resolver404:
        return False
