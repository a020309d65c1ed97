"""ArticlePage 信息: news, notices, personnel matters, interpretations."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from page_types.content import ContentPage, also_shown_in_field, interprets_panel


class ArticlePage(ContentPage):
    """The ordinary text of a column."""

    also_shown_in = also_shown_in_field()

    is_creatable = True
    content_panels = [*ContentPage.content_panels, interprets_panel()]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("信息")
