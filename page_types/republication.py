"""RepublicationPage 转载: what another organ said, with its clock of 24 hours."""

from datetime import timedelta
from math import ceil

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from page_types.content import ContentPage, also_shown_in_field
from page_types.panels import ClockPanel


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
                ClockPanel(),
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

    def check_text(self):
        super().check_text()
        if not self.source:
            raise ValidationError({"source": _("转载须注明来源，请填写原文的发布机关或网站。")})
        if self.original_published_at and self.original_published_at > timezone.now():
            raise ValidationError(
                {"original_published_at": _("原文发布时间晚于现在，请核对后重填。")}
            )

    @property
    def due(self):
        """Until when it should be public here; None in a draft that does not say from when."""
        if not self.original_published_at:
            return None
        hours = settings.PORTAL_REPUBLICATION_HOURS
        return self.original_published_at + timedelta(hours=hours)

    def hours_left(self, now=None):
        """Hours until `due`, rounded down; negative when it has passed."""
        return int((self.due - (now or timezone.now())).total_seconds() // 3600)

    def hours_taken(self, first_published_at):
        """Begun hours from the original to `first_published_at`; 0 if that was not later."""
        taken = (first_published_at - self.original_published_at).total_seconds()
        return max(0, ceil(taken / 3600))

    def public_context(self, reading, entry):
        """`hours_taken`, where it was within the limit: how late, the public page need not say."""
        hours = self.hours_taken(entry.first_published_at)
        within = 0 < hours <= settings.PORTAL_REPUBLICATION_HOURS and not reading.preview
        return {"hours_taken": hours if within else None}

    def public_line(self):
        return {"source": self.source, "original_at": self.original_published_at.isoformat()}

    def structured_type(self):
        return "NewsArticle", {
            "isBasedOn": self.original_url,
            "sourceOrganization": {"@type": "Organization", "name": self.source},
        }
