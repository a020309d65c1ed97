"""What a body is made of. Alternative text and caption live in the block, not on the image."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from page_types.publication.reading import reading_in_force

PARAGRAPH_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "document-link"]
#: Rich text inside a field or a small block: no headings of its own.
SMALL_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class FigureBlock(blocks.StructBlock):
    """A picture with its obligatory alternative text."""

    image = ImageChooserBlock(label=_("图片"))
    alternative_text = blocks.CharBlock(
        label=_("替代文字"), help_text=_("写给看不到图片的人：图中有什么"), max_length=200
    )
    caption = blocks.CharBlock(label=_("图片说明"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("图片")
        template = "page_types/blocks/figure.html"


class PictureBlock(blocks.StructBlock):
    """A picture of a gallery or of 图片新闻: caption and credit are obligatory there."""

    image = ImageChooserBlock(label=_("图片"))
    alternative_text = blocks.CharBlock(
        label=_("替代文字"), help_text=_("写给看不到图片的人：图中有什么"), max_length=200
    )
    caption = blocks.TextBlock(label=_("图片说明"), max_length=500, rows=2)
    credit = blocks.CharBlock(
        label=_("摄影／来源"), max_length=100, help_text=_("谁拍摄，或图片从何处来")
    )

    class Meta:
        icon = "image"
        label = _("图片")


class QuotationBlock(blocks.StructBlock):
    """Words of somebody else, with their source."""

    text = blocks.TextBlock(label=_("引文"))
    source = blocks.CharBlock(label=_("出处"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("引用")
        template = "page_types/blocks/quotation.html"


class ShownDocumentBlock(DocumentChooserBlock):
    """A document. Core reads the document's row, also for the public; a public page shows the file
    as it was approved, which the ledger knows without asking that row.
    """

    def bulk_to_python(self, values):
        reading = reading_in_force()
        if reading is None or reading.preview:
            return super().bulk_to_python(values)
        return [reading.document(value) for value in values]

    def deconstruct(self):
        """Core's block in migrations: what differs is reading, not what is stored."""
        return ("wagtail.documents.blocks.DocumentChooserBlock", *super().deconstruct()[1:])


class AttachmentBlock(blocks.StructBlock):
    """One attached file, under the name readers see."""

    document = ShownDocumentBlock(label=_("文件"))
    title = blocks.CharBlock(label=_("显示名称"), max_length=200)


class VideoBlock(blocks.StructBlock):
    """A video file of our own (nothing is embedded from elsewhere) with its words as text."""

    video = ShownDocumentBlock(
        label=_("视频文件"), help_text=_("MP4 或 WebM 文件，先在“文档”中上传")
    )
    title = blocks.CharBlock(label=_("标题"), max_length=200)
    poster = ImageChooserBlock(label=_("封面图片"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("文字稿"),
        features=SMALL_FEATURES,
        help_text=_("写给听不到或不能播放的人：视频里说了什么、有什么"),
    )

    class Meta:
        icon = "media"
        label = _("视频")
        template = "page_types/blocks/video.html"


class CalloutBlock(blocks.StructBlock):
    """A few words that nobody may miss."""

    kind = blocks.ChoiceBlock(
        label=_("性质"),
        choices=[("information", _("提示")), ("warning", _("注意")), ("contact", _("联系方式"))],
        default="information",
    )
    title = blocks.CharBlock(label=_("标题"), max_length=100)
    text = blocks.RichTextBlock(label=_("内容"), features=SMALL_FEATURES)

    class Meta:
        icon = "help"
        label = _("提示框")
        template = "page_types/blocks/callout.html"


class FigureRowBlock(blocks.StructBlock):
    """One number of a series."""

    label = blocks.CharBlock(label=_("项目"), max_length=100)
    value = blocks.DecimalBlock(label=_("数值"))
    note = blocks.CharBlock(label=_("备注"), required=False, max_length=200)


class StatisticsBlock(blocks.StructBlock):
    """Numbers as a table and, if wished, as a chart drawn on the server from that very table."""

    title = blocks.CharBlock(label=_("标题"), max_length=100)
    unit = blocks.CharBlock(label=_("单位"), max_length=30)
    chart = blocks.ChoiceBlock(
        label=_("图形"),
        choices=[("bar", _("条形图")), ("line", _("折线图")), ("none", _("只用表格"))],
        default="bar",
    )
    rows = blocks.ListBlock(FigureRowBlock(), label=_("数据"), min_num=1)

    class Meta:
        icon = "order"
        label = _("统计数据")
        template = "page_types/blocks/statistics.html"


class BodyBlock(blocks.StreamBlock):
    """The body of every page."""

    heading = blocks.CharBlock(
        label=_("小标题"), icon="title", max_length=200, template="page_types/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("正文"),
        icon="pilcrow",
        features=PARAGRAPH_FEATURES,
        template="page_types/blocks/paragraph.html",
    )
    figure = FigureBlock()
    table = TableBlock(
        label=_("表格"),
        icon="table",
        template="page_types/blocks/table.html",
        help_text=_("可从 Word、WPS、Excel 复制后粘贴；请写表名，并选择哪一行（列）是表头"),
    )
    attachments = blocks.ListBlock(
        AttachmentBlock(),
        label=_("附件"),
        icon="doc-full",
        template="page_types/blocks/attachments.html",
    )
    quotation = QuotationBlock()
    gallery = blocks.ListBlock(
        PictureBlock(),
        label=_("图集"),
        icon="image",
        min_num=2,
        template="page_types/blocks/gallery.html",
    )
    video = VideoBlock()
    callout = CalloutBlock()
    statistics = StatisticsBlock()
