"""Questions asked of the live site after a publication. Every room may register its own.

A probe is a function `(event) -> sentence`, empty when all is well. Those of the ledger are asked
at once, the others, which visit the page, by the clock (`follow_up.looking`).
"""

import json
import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.publication.addresses import public_path
from page_types.publication.models import Entry
from page_types.publication.models.entries import FileKind
from page_types.publication.schemas import upgrade
from page_types.publication.snapshot import snapshot
from page_types.publication.texts import rebuild
from page_types.publication.verify import digest_of
from page_types.publication.versions import page_of
from page_types.review.changes import words
from page_types.review.follow_up.visit import Answer, MainPart, visit

log = logging.getLogger(__name__)

#: Addresses that are visited for one page, and those named in one sentence.
MOST, NAMED = 100, 3


@dataclass(frozen=True)
class Finding:
    """What one probe found: a sentence, or nothing."""

    label: str
    found: str


@dataclass(frozen=True)
class _Probe:
    ask: object
    label: str
    visits: bool


_probes = []
_visited = ContextVar("review_probe_visit", default=None)


def register(probe=None, *, label="", visits=False):
    """Ask `probe` after every publication from now on; usable as a decorator.

    `label` names it on the screen; `visits` says that it asks for pages, which takes its time.
    """

    def add(function):
        if all(known.ask is not function for known in _probes):
            _probes.append(_Probe(function, label or function.__name__, visits))
        return function

    return add if probe is None else add(probe)


def run_probes(event):
    """What is wrong by the ledger after the event, as sentences; empty when all is well."""
    return [str(found) for probe in _probes if not probe.visits and (found := probe.ask(event))]


def look(event):
    """Ask every probe; the page itself is fetched once. Returns a Finding a probe."""
    with _one_visit():
        return [Finding(probe.label, _asked(probe, event)) for probe in _probes]


def _asked(probe, event):
    try:
        return str(probe.ask(event) or "")
    except Exception as error:
        log.exception("probe %s failed at event %s", probe.label, event.pk)
        return _("检查程序出错（%(error)s），请人工核对") % {"error": type(error).__name__}


@contextmanager
def _one_visit():
    token = _visited.set({})
    try:
        yield
    finally:
        _visited.reset(token)


def answer_of(event):
    """How the public site answers at the page's address; an Answer of 404 where it has none."""
    kept = _visited.get()
    if kept is not None and "answer" in kept:
        return kept["answer"]
    path = public_path(page_of(event))
    answer = Answer(404) if path is None else visit(path)
    if kept is not None:
        kept["answer"] = answer
    return answer


def _text_of(event):
    return rebuild(event.text)


@register(label=gettext_lazy("台账"))
def address_shows_this_text(event):
    """The public address of the page leads to an entry with exactly the text of the event."""
    page_id = page_of(event)
    path = public_path(page_id)
    if path is None:
        return _("发布后找不到公开条目")
    node, rest, former = snapshot().longest(path.strip("/"))
    shown = (
        Entry.objects.select_related("text")
        .filter(column_id=node and node.pk, slug=rest[0] if rest else "")
        .first()
    )
    if shown is None or former or shown.pk != page_id:
        return _("公开网址 %(path)s 打开的不是这一页") % {"path": path}
    if shown.text_id != event.text_id or digest_of(shown.text) != event.text_id:
        return _("公开网址 %(path)s 显示的不是刚批准的文本") % {"path": path}
    return ""


@register(label=gettext_lazy("公开网址"), visits=True)
def address_answers(event):
    """The page opens; a page that only leads elsewhere does so."""
    answer = answer_of(event)
    target = _text_of(event).leads_to()
    if target and answer.status in (301, 302):
        return ""
    if answer.status != 200:
        return _("公开网址没有打开，服务器答复 %(status)d") % {"status": answer.status}
    return ""


@register(label=gettext_lazy("标题"), visits=True)
def title_stands_there(event):
    """The approved title is on the page; that of an article is the window's too."""
    answer = answer_of(event)
    if answer.status != 200:
        return ""
    title = _close(event.title)
    window = _close(unescape(answer.html.partition("<title>")[2].partition("</title>")[0]))
    shown = window + MainPart(answer.html).text
    if _text_of(event).is_column_text:  # the home page has no heading but the site's name
        found = title in shown
    else:
        found = title in window and title in shown[len(window) :]
    return "" if found else _("公开页面上没有标题“%(title)s”") % {"title": event.title}


@register(label=gettext_lazy("正文"), visits=True)
def text_stands_there(event):
    """Every paragraph, heading and caption of the approved body is among the words of the page."""
    answer = answer_of(event)
    if answer.status != 200:
        return ""
    shown = MainPart(answer.html).text
    model = apps.get_model(event.text.type)
    data = upgrade(model, event.text.schema, json.loads(event.text.content))
    lines = [line for block in data.get("body") or [] for line in _paragraphs(block)]
    missing = [line for line in lines if _close(line) not in shown]
    return _named(_("公开页面上缺少正文中的文字：%(what)s"), [line[:20] for line in missing])


def _paragraphs(block):
    if isinstance(block, dict) and block.get("type") in ("paragraph", "heading"):
        return [line for line in words(block["value"]).split("\n") if line.strip()]
    return []


@register(label=gettext_lazy("链接"), visits=True)
def links_lead_somewhere(event):
    """Links within the site lead to public pages; one without address points at what is not."""
    part = _part(event)
    if part is None:
        return ""
    if dead := [name or "?" for name in part.dead]:
        return _named(_("这些链接所指的页面没有公开：%(what)s"), dead)
    return _unanswered(event, part.links, _("这些链接打不开：%(what)s"))


@register(label=gettext_lazy("图片和附件"), visits=True)
def files_answer(event):
    """Pictures, videos and documents are there for whoever asks for them."""
    part = _part(event)
    if part is None:
        return ""
    documents = Entry.objects.get(pk=page_of(event)).files.filter(kind=FileKind.DOCUMENT)
    files = [*part.sources, *(file.url for file in documents)]
    return _unanswered(event, files, _("这些图片或附件打不开：%(what)s"))


def _part(event):
    answer = answer_of(event)
    return MainPart(answer.html) if answer.status == 200 else None


def _unanswered(event, addresses, sentence):
    base = public_path(page_of(event))
    paths = filter(None, (_own_path(base, address) for address in addresses))
    asked = list(dict.fromkeys(paths))[:MOST]
    return _named(sentence, [path for path in asked if visit(path).status >= 400])


def _own_path(base, address):
    """The path of an address found at `base`; empty outside this site and within the page."""
    parts, own = urlsplit(urljoin(base, address)), urlsplit(settings.SITE_URL)
    if parts.netloc not in ("", own.netloc) or parts.scheme not in ("", "http", "https"):
        return ""
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    return "" if path == base else path


def _named(sentence, things):
    if not things:
        return ""
    return sentence % {"what": "、".join(things[:NAMED]) + ("……" if things[NAMED:] else "")}


def _close(text):
    """Without spaces: how lines break is no matter."""
    return "".join(text.split())
