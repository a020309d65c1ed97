"""What a body is made of. Alternative text and caption live in the block, not on the image."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from page_types.publication.reading import reading_in_force

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
