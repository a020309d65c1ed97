"""RepublicationPage 转载: what another organ said, with its clock of 24 hours."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from page_types.content import ContentPage, also_shown_in_field


class RepublicationPage(ContentPage):
    """Another organ's text. The 2016 inspection asked for it within 24 hours (domain facts 5.2)."""

    original_url = models.URLField(_("原文网址"), max_length=500)
    original_published_at = models.DateTimeField(
        _("原文发布时间"), help_text=_("按原网站所载；24 小时转载时限从此时起算")
    )
    also_shown_in = also_shown_in_field()

    is_creatable = True
    template = "page_types/republication_page.html"
    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel("source", help_text=_("必填：原文由哪个机关或网站发布")),
                FieldPanel("original_url"),
                FieldPanel("original_published_at"),
            ],
            heading=_("原文"),
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("keywords"),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("转载")

    def clean(self):
        super().clean()
        if not self.source:
            raise ValidationError({"source": _("转载须注明来源，请填写原文的发布机关或网站。")})
        if self.original_published_at and self.original_published_at > timezone.now():
            raise ValidationError(
                {"original_published_at": _("原文发布时间晚于现在，请核对后重填。")}
            )

    @property
    def due(self):
        """Until when it should be public here."""
        hours = settings.PORTAL_REPUBLICATION_HOURS
        return self.original_published_at + timedelta(hours=hours)

    def hours_left(self, now=None):
        """Hours until `due`, rounded down; negative when it has passed."""
        return int((self.due - (now or timezone.now())).total_seconds() // 3600)

    def public_line(self):
        return {"source": self.source, "original_at": self.original_published_at.isoformat()}

    def structured_type(self):
        return "NewsArticle", {
            "isBasedOn": self.original_url,
            "sourceOrganization": {"@type": "Organization", "name": self.source},
        }
