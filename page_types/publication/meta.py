"""Government `<meta>` tags: 3 on the home page, 7 on lists, 10 on articles (domain facts 5.1);
and what search engines and messengers read: JSON-LD, Open Graph.
"""

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

from page_types.publication import kinds
from page_types.publication.models import Column


def pub_date(moment):
    """`YYYY-MM-DD HH:MM`, 24 hours, local time."""
    return localtime(moment).strftime("%Y-%m-%d %H:%M")


def site_tags(site):
    """The site's three. The site code has no default: where it is not set the tag is left out."""
    tags = [("SiteName", site.name), ("SiteDomain", urlsplit(settings.SITE_URL).netloc)]
    if settings.PORTAL_SITE_ID_CODE:
        tags.append(("SiteIDCode", settings.PORTAL_SITE_ID_CODE))
    return tags


def column_tags(node):
    """Four for a column and everything in it."""
    return [
        ("ColumnName", node.title),
        ("ColumnDescription", node.summary or f"{node.title}（责任处室：{node.owner_names}）"),
        ("ColumnKeywords", ",".join([n.title for n in node.line] + node.owners)),
        ("ColumnType", kinds.get(node.kind).column_type or node.title),
    ]


def article_tags(entry, text, department_name):
    """Three obligatory ones for a text, and what else it offers."""
    tags = [
        ("ArticleTitle", entry.title),
        ("PubDate", pub_date(entry.shown_at)),
        ("ContentSource", getattr(text, "source", "") or department_name),
    ]
    if keywords := getattr(text, "keywords", ""):
        tags.append(("Keywords", keywords))
    if entry.summary:
        tags.append(("Description", entry.summary))
    return tags


def tags_for(site, node, entry=None, text=None):
    """All tags of a page; `node` is its column, None on doors."""
    tags = site_tags(site)
    if node is not None and node.key != Column.HOME:
        tags += column_tags(node)
    if entry is not None and entry.slug:
        tags += article_tags(entry, text, entry.department.name)
    return tags


#: What must not stand inside a script element.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def open_graph(site, url, title, summary, is_entry):
    """(property, content) pairs for messengers that show a card of a link."""
    found = [
        ("og:site_name", site.name),
        ("og:title", title or site.name),
        ("og:type", "article" if is_entry else "website"),
        ("og:url", url),
        ("og:locale", "zh_CN"),
    ]
    return found + ([("og:description", summary)] if summary else [])


def structured_data(site, node, url, entry=None, text=None):
    """JSON-LD of a page as safe text for a script element: what it is, and where it stands."""
    organ = {"@type": "GovernmentOrganization", "name": site.name, "url": settings.SITE_URL + "/"}
    if entry is not None and entry.slug:
        kind, more = text.structured_type()
        page = {
            "@type": kind,
            "name": entry.title,
            "headline": entry.title,
            "url": url,
            "inLanguage": "zh-Hans",
            "datePublished": localtime(entry.first_published_at).isoformat(timespec="seconds"),
            "publisher": organ,
            **({"description": entry.summary} if entry.summary else {}),
            **more,
        }
    elif node is not None and node.key != Column.HOME:
        page = {"@type": "CollectionPage", "name": node.title, "url": url, "isPartOf": organ}
    else:
        page = {
            "@type": "WebSite",
            "name": site.name,
            "url": settings.SITE_URL + "/",
            "publisher": organ,
            "potentialAction": {
                "@type": "SearchAction",
                "target": settings.SITE_URL + "/search/?q={search_term_string}",
                "query-input": "required name=search_term_string",
            },
        }
    graph = [page]
    if node is not None and node.path:
        graph.append(_trail(node, entry, url))
    data = {"@context": "https://schema.org", "@graph": graph}
    return as_json_ld(data)


def as_json_ld(data):
    """A dictionary as safe text for a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPED))  # noqa: S308  <, > and & are escaped


def _trail(node, entry, url):
    places = [(each.title, settings.SITE_URL + each.url) for each in node.line]
    if entry is not None and entry.slug:
        places.append((entry.title, url))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(places, 1)
        ],
    }
