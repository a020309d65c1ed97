"""Government `<meta>` tags: 3 on the home page, 7 on lists, 10 on articles (domain facts 5.1)."""

from urllib.parse import urlsplit

from django.conf import settings
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
