"""Follows every internal link of a built site, as a visitor would, and prints what it met as JSON.

Run with PORTAL_VAR set, as `python tests/structure/crawl.py`: {"asked": n, "bad": [[status, path,
page that links to it]], "missed": [slug of a public page that no link reaches], "unnamed": [path of
a page with a picture that has no alternative text], "types": {page type: public pages}}.
"""

import json
import os
import re
import sys
from collections import Counter
from html import unescape
from urllib.parse import urldefrag, urljoin

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
django.setup()

from django.conf import settings  # noqa: E402  Django must be set up first
from django.test import Client  # noqa: E402

from page_types.publication.models import Entry  # noqa: E402

START = ("/", "/site-map/", "/sitemap.xml", "/robots.txt")
LINK = re.compile(r'<(?:a|link|img|source|video)\b[^>]*?\s(?:href|src)="([^"]+)"', re.S)
LOCATION = re.compile(r"<loc>(.*?)</loc>")
IMAGE = re.compile(r"<img\b[^>]*>", re.S)
#: Doors of the staff; the same page again in English, 繁體 and as a code (their top ones are
#: followed); combinations of the catalogue's facets beyond one; data narrowed to a column.
LEFT_OUT = re.compile(
    r"^/(admin|static)/|^/(en|hant|qr)/[^/]+/[^/]+|/by/[^/]+/[^/]+/[^/]+/|^/subscribe/.*/"
    r"|^/open-data/[^?]*[?]"
)


def links(path, text):
    """Addresses of this site that a page names."""
    for found in (*LINK.findall(text), *LOCATION.findall(text)):
        url = urldefrag(urljoin(settings.SITE_URL + path, unescape(found)))[0]
        if url.startswith(settings.SITE_URL + "/"):
            yield url.removeprefix(settings.SITE_URL)


def main():
    settings.PORTAL_DOWNLOAD_RATE = "100000/m"  # every file of every column within a minute
    client = Client(raise_request_exception=False, HTTP_HOST=settings.SITE_URL.split("//")[1])
    waiting, source, bad, unnamed = list(START), dict.fromkeys(START, ""), [], []
    while waiting:
        path = waiting.pop()
        answer = client.get(path, follow=True)
        if answer.status_code != 200:
            bad.append([answer.status_code, path, source[path]])
            continue
        kind = answer.headers.get("Content-Type", "")
        if answer.streaming or not kind.startswith(("text/html", "application/xml")):
            answer.close()
            continue
        text = answer.content.decode()
        unnamed += [path for image in IMAGE.findall(text) if "alt=" not in image]
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        for link in links(here, text):
            if link not in source and not LEFT_OUT.search(link):
                source[link] = path
                waiting.append(link)
    public = Entry.objects.exclude(slug="").values_list("slug", "type")
    met = {path.rstrip("/").rpartition("/")[2] for path in source}
    report = {
        "asked": len(source),
        "bad": bad,
        "missed": [slug for slug, _type in public if slug not in met],
        "unnamed": sorted(set(unnamed)),
        "types": Counter(kind for _slug, kind in public),
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    main()
