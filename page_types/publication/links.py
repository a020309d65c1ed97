"""Links inside texts, answered by the ledger: the published address, or plain text."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from page_types.publication.reading import current


class PublishedPageLinkHandler(PageLinkHandler):
    """Core asks the page rows, drafts and moved pages included; ours asks the ledger."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        reading = current()
        return [cls._tag(reading, attrs) for attrs in attrs_list]

    @staticmethod
    def _tag(reading, attrs):
        try:
            url = reading.url_of(int(attrs["id"]))
        except (KeyError, ValueError):
            url = None
        return f'<a href="{escape(url)}">' if url else "<a>"


class ShownDocumentLinkHandler(DocumentLinkHandler):
    """Core asks the document's row; a visitor's link needs only its number."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [cls._tag(attrs) for attrs in attrs_list]

    @staticmethod
    def _tag(attrs):
        try:
            url = reverse("shown_document", args=[int(attrs["id"])])
        except (KeyError, ValueError):
            return "<a>"
        return f'<a linktype="document" href="{escape(url)}">'


class ExternalLinkHandler(LinkHandler):
    """A link to another site says so (`rel`): the theme marks it and asks before it leads away."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs):
        url = attrs.get("href", "")
        own = urlsplit(url).netloc == urlsplit(settings.SITE_URL).netloc
        rel = "" if own else ' rel="external noopener"'
        return f'<a href="{escape(url)}"{rel}>'


def register(features):
    """Replace core's handlers (called by the hook `register_rich_text_features`, after core's)."""
    features.register_link_type(PublishedPageLinkHandler)
    features.register_link_type(ShownDocumentLinkHandler)
    features.register_link_type(ExternalLinkHandler)
