"""LinkPage 链接: the way to another system, with a word on what waits there."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from page_types.base import PortalPage
from page_types.content import StandsInColumn


def local_path(url):
    """Path and query of an address on this site; "" for one elsewhere."""
    parts, own = urlsplit(url), urlsplit(settings.SITE_URL)
    if parts.netloc.lower() != own.netloc.lower():
        return ""
    path = "/" + parts.path.lstrip("/")  # `//elsewhere` would be another host's
    return f"{path}?{parts.query}" if parts.query else path


class LinkPage(StandsInColumn, PortalPage):
    """A link of the portal: lists lead to this page, which says where the link leads."""

    url = models.URLField(_("网址"), max_length=500)
    organisation = models.CharField(_("主办单位"), max_length=100, blank=True)
    summary = models.TextField(_("说明"), max_length=200, help_text=_("那里可以办什么、看什么"))

    is_creatable = True
    speaking_fields = ("url",)
    template = "page_types/link_page.html"
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("organisation"),
        index.SearchField("summary"),
    ]
    content_panels = [
        FieldPanel("title", heading=_("名称")),
        FieldPanel("url"),
        FieldPanel("organisation"),
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("链接")

    def leads_to(self):
        """A link to a page of our own needs no word of warning in between."""
        return local_path(self.url)

    def public_summary(self):
        return self.summary

    def public_line(self):
        return {"url": self.url, "organisation": self.organisation}

    def structured_type(self):
        return "WebPage", {"significantLink": self.url}
