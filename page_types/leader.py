"""LeaderPage 领导: who he is, what he is in charge of, his career."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from page_types.blocks import SMALL_FEATURES
from page_types.content import ContentPage, excerpt
from page_types.special_lists import beside_in_rank


class LeaderPage(ContentPage):
    """The title is the leader's name; the body the career (简历)."""

    post = models.CharField(_("职务"), max_length=100)
    rank = models.PositiveSmallIntegerField(_("排序"), default=100, help_text=_("数字小的排在前面"))
    portrait = models.ForeignKey(
        "page_types.PortalImage", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("照片"),
    )  # fmt: skip
    duties = RichTextField(_("分工"), features=SMALL_FEATURES, blank=True)

    is_creatable = True
    in_catalogue = True
    speaking_fields = ("duties", "body")
    template = "page_types/leader_page.html"
    search_fields = [*ContentPage.search_fields, index.SearchField("post")]
    content_panels = [
        FieldPanel("title", heading=_("姓名")),
        FieldPanel("post"),
        FieldPanel("rank"),
        FieldPanel("portrait"),
        FieldPanel("duties"),
        FieldPanel("body", heading=_("简历")),
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("领导")

    def also_shown_in_ids(self):
        return []

    def public_line(self):
        return {
            "post": self.post,
            "rank": self.rank,
            "picture": self.portrait_id,
            "duties": excerpt(self.duties, 60),
        }

    def public_context(self, reading, entry):
        return beside_in_rank(reading, entry)

    def structured_type(self):
        return "ProfilePage", {
            "mainEntity": {"@type": "Person", "name": self.title, "jobTitle": self.post}
        }
