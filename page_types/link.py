"""LinkPage 链接: the way to another system, with a word on what waits there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from page_types.base import PortalPage
from page_types.content import StandsInColumn


class LinkPage(StandsInColumn, PortalPage):
    """A link of the portal: lists lead to this page, which says where the link leads."""

    url = models.URLField(_("网址"), max_length=500)
    organisation = models.CharField(_("主办单位"), max_length=100, blank=True)
    summary = models.TextField(_("说明"), max_length=200, help_text=_("那里可以办什么、看什么"))

    is_creatable = True
    speaking_fields = ("url",)
    template = "page_types/link_page.html"
    content_panels = [
        FieldPanel("title", heading=_("名称")),
        FieldPanel("url"),
        FieldPanel("organisation"),
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("链接")

    def public_summary(self):
        return self.summary

    def public_line(self):
        return {"url": self.url, "organisation": self.organisation}

    def structured_type(self):
        return "WebPage", {"significantLink": self.url}
