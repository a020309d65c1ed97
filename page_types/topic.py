"""TopicPage 专题: a page composed of blocks, drawing the newest from columns."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from page_types.blocks import BodyBlock
from page_types.content import ContentPage, also_shown_in_field
from page_types.publication import lists
from page_types.publication.models import Column
from page_types.publication.reading import current, reading_in_force


def columns_to_choose():
    """(key, title) of every column with a list of its own.

    Core asks for each block it reads: on a public page the reading knows the columns already.
    """
    nodes = current().site.by_key.values()
    return [(node.key, node.title) for node in nodes if not node.group and node.key != Column.HOME]


class NewestBlock(blocks.StructBlock):
    """The newest of a column, read at each request."""

    title = blocks.CharBlock(label=_("标题"), max_length=100)
    column = blocks.ChoiceBlock(label=_("栏目"), choices=columns_to_choose)
    count = blocks.IntegerBlock(label=_("条数"), min_value=1, max_value=20, default=6)

    class Meta:
        icon = "list-ul"
        label = _("栏目最新信息")
        template = "page_types/blocks/newest.html"


class ShownPageBlock(blocks.PageChooserBlock):
    """A page. Core reads its row, drafts included; a public page gets the ledger's entry."""

    def bulk_to_python(self, values):
        reading = reading_in_force()
        if reading is None:
            return super().bulk_to_python(values)
        return [reading.target(value) if value else None for value in values]

    def deconstruct(self):
        """Core's block in migrations: what differs is reading, not what is stored."""
        return ("wagtail.blocks.PageChooserBlock", *super().deconstruct()[1:])


class LinkCardBlock(blocks.StructBlock):
    """A way on: to a page of ours or to an address."""

    title = blocks.CharBlock(label=_("名称"), max_length=100)
    text = blocks.CharBlock(label=_("说明"), required=False, max_length=200)
    page = ShownPageBlock(label=_("站内页面"), required=False)
    url = blocks.URLBlock(label=_("站外网址"), required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(_("站内页面和站外网址，请选填其中一个。"))}
            )
        return cleaned


class TopicBlock(BodyBlock):
    """The blocks of a topic: those of every body, lists of columns and links."""

    newest = NewestBlock()
    links = blocks.ListBlock(
        LinkCardBlock(), label=_("链接"), icon="link", template="page_types/blocks/links.html"
    )


class TopicPage(ContentPage):
    """A topic. Once its event is over it stays, marked as ended."""

    body = StreamField(TopicBlock(), verbose_name=_("内容"), blank=True)
    cover = models.ForeignKey(
        "page_types.PortalImage", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("题图"),
    )  # fmt: skip
    cover_text = models.CharField(_("题图替代文字"), max_length=200, blank=True)
    starts = models.DateField(_("开始日期"), null=True, blank=True)
    ends = models.DateField(_("结束日期"), null=True, blank=True)
    also_shown_in = also_shown_in_field()

    is_creatable = True
    template = "page_types/topic_page.html"
    content_panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_text")], heading=_("题图")),
        MultiFieldPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("起止日期")),
        FieldPanel("body", heading=_("内容")),
        FieldPanel("keywords"),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("专题")

    def check_text(self):
        super().check_text()
        errors = {}
        if self.cover_id and not self.cover_text.strip():
            errors["cover_text"] = _("有题图时，请写题图的替代文字。")
        if self.starts and self.ends and self.ends < self.starts:
            errors["ends"] = _("结束日期早于开始日期，请核对后重填。")
        if errors:
            raise ValidationError(errors)

    @property
    def ended(self):
        """Whether its last day is over, today."""
        return self.ends is not None and self.ends < timezone.localdate()

    def public_line(self):
        return {
            "picture": self.cover_id,
            "picture_alt": self.cover_text,
            "ends": self.ends.isoformat() if self.ends else "",
        }

    def public_context(self, reading, entry):
        """`newest`: column key -> lines, for all list blocks in one query."""
        wanted = {}
        for block in self.body.raw_data:
            node = block["type"] == "newest" and reading.site.by_key.get(block["value"]["column"])
            if node and node.public:
                count = int(block["value"].get("count") or 6)
                wanted[node.pk] = max(count, wanted.get(node.pk, 0))
        found = lists.newest_of_columns(reading.site, wanted) if wanted else {}
        return {"newest": {reading.site.by_id[pk].key: rows for pk, rows in found.items()}}

    def structured_type(self):
        return "CollectionPage", {}
