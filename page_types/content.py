"""ContentPage: what articles and documents share."""

import re
from html import unescape

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from page_types.base import PortalPage
from page_types.blocks import BodyBlock
from page_types.publication import kinds
from page_types.publication.columns import column_of
from page_types.publication.models import Column


class StandsInColumn:
    """Mixin of page types that are written in a column, if the column's kind takes them."""

    parent_page_types = ["page_types.ColumnPage"]
    subpage_types = []

    @classmethod
    def can_create_at(cls, parent):
        """Core asks the page types only; a column's kind narrows them."""
        if not super().can_create_at(parent):
            return False
        column = column_of(parent)
        return (
            column is not None
            and not column.group
            and cls._meta.label in kinds.get(column.kind).page_types
        )


class ContentPage(StandsInColumn, PortalPage):
    """A text with body, source and keywords that stands in a column. Abstract."""

    summary = models.TextField(
        _("摘要"), blank=True, max_length=200, help_text=_("一两句话，用于列表和检索结果")
    )
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)
    source = models.CharField(
        _("来源"), max_length=100, blank=True, help_text=_("不填则显示发布部门")
    )
    keywords = models.CharField(_("关键词"), max_length=200, blank=True, help_text=_("用逗号分开"))

    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("keywords"),
        index.SearchField("source"),
    ]
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("source"),
        FieldPanel("keywords"),
    ]

    class Meta:
        abstract = True

    def public_summary(self):
        return self.summary or self.search_description

    def also_shown_in_ids(self):
        return [column.pk for column in self.also_shown_in.all()]


def also_shown_in_field():
    """The field of a page type for "also shown in" (a ParentalManyToMany is one a model)."""
    return ParentalManyToManyField(
        Column,
        blank=True,
        limit_choices_to={"group": False},
        verbose_name=_("同时显示在"),
        related_name="+",
    )


def excerpt(rich_text, longest):
    """The beginning of a rich text as plain words, `longest` characters at most."""
    words = unescape(strip_tags(re.sub(r"</(p|li|h\d)>|<br ?/?>", " ", rich_text)))
    return Truncator(" ".join(words.split())).chars(longest)


class RelatedPage(Orderable):
    """A named pointer to another page; the reverse link is found by the ledger. Abstract."""

    page = models.ForeignKey(
        "wagtailcore.Page", models.DO_NOTHING, db_constraint=False, related_name="+",
        verbose_name=_("页面"),
    )  # fmt: skip

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        abstract = True


def interprets_panel():
    """Panel for the documents that an interpretation explains."""
    return InlinePanel("interprets", label=_("解读的文件"))


class InterpretedDocument(RelatedPage):
    """The interpretation `article` explains `page`."""

    article = ParentalKey(
        "page_types.ArticlePage", on_delete=models.CASCADE, related_name="interprets"
    )
