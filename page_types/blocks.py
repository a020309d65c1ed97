"""What a body is made of. Alternative text and caption live in the block, not on the image."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

PARAGRAPH_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "document-link"]


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


class QuotationBlock(blocks.StructBlock):
    """Words of somebody else, with their source."""

    text = blocks.TextBlock(label=_("引文"))
    source = blocks.CharBlock(label=_("出处"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("引用")
        template = "page_types/blocks/quotation.html"


class AttachmentBlock(blocks.StructBlock):
    """One attached file, under the name readers see."""

    document = DocumentChooserBlock(label=_("文件"))
    title = blocks.CharBlock(label=_("显示名称"), max_length=200)


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
    quotation = QuotationBlock()
    attachments = blocks.ListBlock(
        AttachmentBlock(),
        label=_("附件"),
        icon="doc-full",
        template="page_types/blocks/attachments.html",
    )
