"""RSS of each column, sitemap.xml, robots.txt and the site map page: all from the ledger."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from page_types.publication import fixed_pages, lists
from page_types.publication.addresses import path_of
from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot
from page_types.publication.views import door, public

FEED_LENGTH = 30
SITEMAP_SECTION = 5000


class ColumnFeed(Rss201rev2Feed):
    """Core says that a feed without items changed just now, so that readers fetch it for ever."""

    def add_root_elements(self, handler):
        if self.items:
            super().add_root_elements(handler)
            return
        for name in ("title", "link", "description", "language"):
            handler.addQuickElement(name, self.feed[name])


@public
def column_feed(request, key):
    """`/feeds/<column key>.xml`: the newest lines of a column."""
    site = snapshot()
    node = site.by_key.get(key)
    if node is None or not node.public:
        raise Http404
    rows, _total = lists.of_column(site, node.pk, 1, FEED_LENGTH)
    feed = ColumnFeed(
        title=f"{node.title} - {site.name}",
        link=settings.SITE_URL + node.url,
        description=node.summary or f"{site.name}·{node.title}",
        language="zh-cn",
        feed_url=settings.SITE_URL + request.path,
    )
    for row in rows:
        url = settings.SITE_URL + row.url
        feed.add_item(
            title=row.title,
            link=url,
            description=row.summary,
            pubdate=row.shown_at,
            unique_id=url,
            author_name=row.department,
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )


def _xml(request, root, element, rows):
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for location, moment in rows:
        xml.startElement(element, {})
        xml.addQuickElement("loc", settings.SITE_URL + location)
        if moment:
            xml.addQuickElement("lastmod", moment.isoformat(timespec="seconds"))
        xml.endElement(element)
    xml.endElement(root)
    xml.endDocument()
    return response


@public
def sitemap_index(request):
    """Sections of 5,000 addresses, by the page's number: one index walk, whatever the size."""
    last = Entry.objects.order_by("-page_id").values_list("page_id", flat=True).first() or 0
    sections = range(last // SITEMAP_SECTION + 1)
    rows = [(f"/sitemap-{number}.xml", None) for number in sections]
    return _xml(request, "sitemapindex", "sitemap", rows)


@public
def sitemap_section(request, number):
    """The public pages numbered `number * 5000` to the next section."""
    site = snapshot()
    start = number * SITEMAP_SECTION
    entries = (
        Entry.objects.filter(page_id__gte=start, page_id__lt=start + SITEMAP_SECTION)
        .order_by("page_id")
        .only("page_id", "column_id", "slug", "event__at")
        .select_related("event")
    )
    rows = [(path_of(site, entry), entry.event.at) for entry in entries]
    if number and not rows:
        raise Http404
    if not number:
        rows += [(page.url, page.updated()) for _group, page in fixed_pages.all_pages()]
    return _xml(request, "urlset", "url", rows)


@public
def robots(request):
    """Everything public may be indexed; the admin, searches and settings may not."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /hant/search/",
        "Disallow: /en/search/",
        "Disallow: /reading/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    if settings.PORTAL_SANDBOX:  # exercises are nobody's to find
        lines = ["User-agent: *", "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
def site_map(request):
    """`/site-map/`: every column, whose it is and when it was last updated."""
    context = {
        "last_updates": lists.last_updates(),
        "groups": [(each.label, list(each.pages())) for each in fixed_pages.all_groups()],
    }
    return door(request, "publication/site_map.html", "/site-map/", context)
