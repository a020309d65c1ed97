"""PictureStoryPage 图片新闻: told by pictures, each with caption and credit."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from page_types.blocks import PictureBlock
from page_types.content import ContentPage, also_shown_in_field


class PictureStoryPage(ContentPage):
    """The first picture leads the story in lists."""

    pictures = StreamField([("picture", PictureBlock())], verbose_name=_("图片"), min_num=1)
    also_shown_in = also_shown_in_field()

    is_creatable = True
    speaking_fields = ("pictures",)
    template = "page_types/picture_story_page.html"
    content_panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("pictures"),
        FieldPanel("body"),
        FieldPanel("source"),
        FieldPanel("keywords"),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("图片新闻")

    def public_line(self):
        first = self.pictures.raw_data[0]["value"] if len(self.pictures) else {}
        return {
            "picture": first.get("image"),
            "picture_alt": first.get("alternative_text", ""),
            "pictures": len(self.pictures),
        }
