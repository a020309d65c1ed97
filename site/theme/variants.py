"""The page in other writing: `/hant/…` in traditional characters, `/en/…` with English chrome.

The Chinese page has no prefix and is the original: canonical addresses name it. The prefix is taken
off before any view sees the request, so that no view knows of variants; links of the finished page
get it back.
"""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.http import QueryDict

#: First segments that are no pages for readers: they have one address, without a prefix.
NO_PAGES = (
    "admin", "static", "media", "documents", "feeds", "qr", "healthz", "readyz", "metrics", "api",
    "sitemap.xml", "robots.txt", "en", "hant",
)  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """One writing of the site: first path segment, value of `lang`, its name in itself."""

    prefix: str
    language: str
    label: str

    def path(self, path):
        """The address of a page in this variant; files, feeds and the admin have only one."""
        return f"/{self.prefix}{path}" if self.prefix and has_variants(path) else path


ORIGINAL = Variant("", "zh-Hans", "简体")
HANT = Variant("hant", "zh-Hant", "繁體")
ENGLISH = Variant("en", "en", "English")
VARIANTS = (ORIGINAL, HANT, ENGLISH)
_BY_PREFIX = {variant.prefix: variant for variant in VARIANTS if variant.prefix}


def has_variants(path):
    """Whether an address of this site is a page for readers."""
    first = path.lstrip("/").partition("/")[0].partition("?")[0]
    return first not in NO_PAGES and not first.startswith("sitemap-")


def of_path(path):
    """(variant, path without its prefix); the original's path comes back as it is."""
    first, slash, rest = path[1:].partition("/")
    variant = _BY_PREFIX.get(first)
    return (variant, slash + rest) if variant else (ORIGINAL, path)


def of_request(request):
    """The variant that the middleware found; the original where none was looked for."""
    return getattr(request, "variant", ORIGINAL)


@cache
def _converter(name):
    # Loading costs 10 to 170 ms: once a process, and only in one that is asked for a variant.
    from opencc import OpenCC

    return OpenCC(name)


def to_traditional(text):
    """Traditional characters as Hong Kong and Macao write them (裏 為 羣 衞).

    `s2hk` and not `s2t`: the readers of Guangdong's traditional pages are its neighbours, and the
    forms of `s2t` (爲 羣衆) are a dictionary's, written in neither place.
    """
    return _converter("s2hk").convert(text)


def to_simplified(text):
    """What was typed in traditional characters of any region, as the portal's texts are written."""
    return _converter("hk2s").convert(text)


def simplified_query(query_string):
    """A query string whose search words (`q`) are simplified; other fields are no free text."""
    query = QueryDict(query_string, mutable=True)
    if "q" not in query:
        return query_string
    query.setlist("q", [to_simplified(words) for words in query.getlist("q")])
    return urlencode([(name, value) for name, values in query.lists() for value in values])
