"""The page of a column is only its text: title, lead and blocks. The column is a record."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from page_types.base import PortalPage
from page_types.blocks import PARAGRAPH_FEATURES, BodyBlock


class ColumnPage(PortalPage):
    """Made by `sync_structure`; edited by the column's owner and passed through its chain."""

    lead = RichTextField(_("导语"), blank=True, features=PARAGRAPH_FEATURES)
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)

    is_column_text = True
    # Columns are the plan's: nobody makes one in the editor.
    is_creatable = False
    parent_page_types = ["page_types.HomePage", "page_types.ColumnPage"]
    subpage_types = [
        "page_types.ColumnPage",
        "page_types.ArticlePage",
        "page_types.PolicyPage",
        "page_types.NoticePage",
        "page_types.PictureStoryPage",
        "page_types.RepublicationPage",
        "page_types.MicropostPage",
        "page_types.LeaderPage",
        "page_types.InstitutionPage",
        "page_types.ServicePage",
        "page_types.ListOfPowersPage",
        "page_types.StatisticsPage",
        "page_types.TopicPage",
        "page_types.LinkPage",
    ]
    content_panels = [*PortalPage.content_panels, FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [FieldPanel("search_description")]
    settings_panels = []  # a column stands as long as the plan has it

    class Meta:
        verbose_name = _("栏目页")
