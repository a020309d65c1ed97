"""InstitutionPage 机构: what a department does, and how to reach it (regulations, Art 20 (2))."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from page_types.content import ContentPage
from page_types.special_lists import beside_in_rank


class InstitutionPage(ContentPage):
    """The title is the department's name; the body its functions."""

    full_name = models.CharField(_("全称"), max_length=100, blank=True)
    head = models.CharField(_("负责人"), max_length=100, blank=True)
    address = models.CharField(_("办公地址"), max_length=200, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=200, blank=True)
    phone = models.CharField(_("联系电话"), max_length=100, blank=True)
    fax = models.CharField(_("传真"), max_length=100, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    postcode = models.CharField(_("邮政编码"), max_length=10, blank=True)
    rank = models.PositiveSmallIntegerField(_("排序"), default=100, help_text=_("数字小的排在前面"))

    is_creatable = True
    in_catalogue = True
    template = "page_types/institution_page.html"
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("full_name"),
        index.SearchField("head"),
    ]
    content_panels = [
        FieldPanel("title", heading=_("机构名称")),
        FieldPanel("full_name"),
        FieldPanel("rank"),
        FieldPanel("summary"),
        FieldPanel("body", heading=_("职能")),
        MultiFieldPanel(
            [
                FieldPanel("head"),
                FieldPanel("address"),
                FieldPanel("postcode"),
                FieldPanel("office_hours"),
                FieldPanel("phone"),
                FieldPanel("fax"),
                FieldPanel("email"),
            ],
            heading=_("联系方式"),
        ),
    ]

    class Meta:
        verbose_name = _("机构")

    def also_shown_in_ids(self):
        return []

    def public_line(self):
        return {"rank": self.rank, "phone": self.phone, "address": self.address}

    def public_context(self, reading, entry):
        return beside_in_rank(reading, entry)

    def structured_type(self):
        facts = {
            "@type": "GovernmentOrganization",
            "name": self.full_name or self.title,
            "address": self.address,
            "telephone": self.phone,
            "faxNumber": self.fax,
            "email": self.email,
        }
        return "AboutPage", {"mainEntity": {key: value for key, value in facts.items() if value}}
