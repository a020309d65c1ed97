"""A page as a visitor gets it: through every middleware, without a network in between.

The portal asks itself within the process: the address of the public site need not be reachable from
where the clock runs, and one busy server cannot wait for itself.
"""

from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation

#: Elements without an end.
VOID = frozenset("area br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True)
class Answer:
    """`status` of HTTP; `html` of a page (empty for a file), `location` where a redirect leads."""

    status: int
    html: str = ""
    location: str = ""


@lru_cache(maxsize=1)
def _site():
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def visit(path):
    """GET a path of the public site.

    Without the signals of a real request: at its end Django closes connections, which would break
    the transaction of whoever asks.
    """
    request = WSGIRequest(_environ(path))
    with translation.override(settings.LANGUAGE_CODE):
        response = _site().get_response(request)
    if response.streaming:  # a file: that it was opened is all that is asked
        if file := getattr(response, "file_to_stream", None):
            file.close()
        html = ""
    else:
        html = response.content.decode(response.charset, "replace")
    return Answer(response.status_code, html, response.headers.get("Location", ""))


def _environ(path):
    parts, own = urlsplit(path), urlsplit(settings.SITE_URL)
    environ = {
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": own.hostname,
        "HTTP_HOST": own.netloc,
        "wsgi.url_scheme": own.scheme,
        "REMOTE_ADDR": "127.0.0.1",
    }
    if own.scheme == "https":
        environ["HTTP_X_FORWARDED_PROTO"] = "https"
    setup_testing_defaults(environ)
    return environ


class MainPart(HTMLParser):
    """What stands in `<main>`: its words, links, pictures, and links without an address."""

    def __init__(self, html):
        super().__init__()
        self.words, self.links, self.sources, self.dead = [], [], [], []
        self._depth, self._open = 0, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "main" or (self._depth and tag not in VOID):
            self._depth += 1
        if not self._depth:
            return
        values = dict(attrs)
        if tag == "a":
            if values.get("href"):
                self.links.append(values["href"])
            else:
                self._open = []
        if tag in ("img", "video", "source") and values.get("src"):
            self.sources.append(values["src"])

    def handle_endtag(self, tag):
        if tag == "a" and self._open is not None:
            self.dead.append("".join(self._open).strip())
            self._open = None
        if self._depth and tag not in VOID:
            self._depth -= 1

    def handle_data(self, data):
        if self._depth:
            self.words.append(data)
            if self._open is not None:
                self._open.append(data)

    @property
    def text(self):
        """The words without any spaces: how lines break is no matter."""
        return "".join("".join(self.words).split())
