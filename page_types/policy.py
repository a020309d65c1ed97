"""PolicyPage 政策文件: the document, its metadata and what amends, explains or repeals it."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel

from page_types.content import ContentPage, RelatedPage, also_shown_in_field
from page_types.vocabulary import Article20, Genre, Topic

#: domain facts 4.4: brackets are 〔〕; a document may have no number.
document_number_shape = RegexValidator(
    r"^[一-龥]+〔\d{4}〕\d+号$", _("文号格式应如：粤体〔2016〕12号，年份用六角括号〔〕。")
)


class PolicyPage(ContentPage):
    """A document of the bureau with the head table that the regulations ask for."""

    Topic, Genre = Topic, Genre

    class Disclosure(models.TextChoices):
        ACTIVE = "active", _("主动公开")
        ON_REQUEST = "on_request", _("依申请公开")

    class Validity(models.TextChoices):
        VALID = "valid", _("有效")
        AMENDED = "amended", _("已修改")
        REPEALED = "repealed", _("废止")
        EXPIRED = "expired", _("失效")

    document_number = models.CharField(
        _("文号"), max_length=64, blank=True, validators=[document_number_shape]
    )
    issuing_body = models.CharField(_("发文机关"), max_length=100, blank=True)
    signed_date = models.DateField(_("成文日期"), null=True, blank=True)
    topic = models.CharField(
        _("主题分类"), max_length=40, choices=Topic.choices, default=Topic.SPORT
    )
    genre = models.CharField(_("体裁"), max_length=20, choices=Genre.choices, default=Genre.NOTICE)
    disclosure = models.CharField(
        _("公开属性"), max_length=20, choices=Disclosure.choices, default=Disclosure.ACTIVE
    )
    validity = models.CharField(
        _("有效性"), max_length=20, choices=Validity.choices, default=Validity.VALID
    )
    validity_date = models.DateField(_("有效性变动日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "wagtailcore.Page", models.DO_NOTHING, null=True, blank=True, db_constraint=False,
        related_name="+", verbose_name=_("被何文件修改或取代"),
    )  # fmt: skip
    effective_date = models.DateField(_("施行日期"), null=True, blank=True)
    expiry_date = models.DateField(_("有效期至"), null=True, blank=True)
    article_20 = models.CharField(
        _("主动公开事项"), max_length=2, choices=Article20.choices, blank=True,
        help_text=_("《政府信息公开条例》第二十条所列事项"),
    )  # fmt: skip
    also_shown_in = also_shown_in_field()

    is_creatable = True
    in_catalogue = True
    content_panels = [
        *ContentPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("document_number"),
                FieldPanel("issuing_body"),
                FieldPanel("signed_date"),
                FieldPanel("topic"),
                FieldPanel("genre"),
                FieldPanel("disclosure"),
                FieldPanel("article_20"),
            ],
            heading=_("公文要素"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("effective_date"),
                FieldPanel("expiry_date"),
                FieldPanel("validity"),
                FieldPanel("validity_date"),
                PageChooserPanel("successor"),
            ],
            heading=_("有效性"),
        ),
        InlinePanel("related_documents", label=_("相关文件")),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("政策文件")

    def clean(self):
        super().clean()
        errors = {}
        if self.validity != self.Validity.VALID and not self.validity_date:
            errors["validity_date"] = _("文件已修改、废止或失效，请填写从哪一天起。")
        if self.successor_id and self.validity == self.Validity.VALID:
            errors["validity"] = _("已指明修改或取代它的文件，有效性不能仍是“有效”。")
        if self.expiry_date and self.effective_date and self.expiry_date < self.effective_date:
            errors["expiry_date"] = _("有效期至早于施行日期，请核对。")
        if errors:
            raise ValidationError(errors)

    def formed_on(self, entry):
        return self.signed_date or super().formed_on(entry)

    def public_line(self):
        return {
            "document_number": self.document_number,
            "signed_date": self.signed_date.isoformat() if self.signed_date else "",
            "validity": self.validity,
            "validity_label": str(self.get_validity_display()),
            "genre": str(self.get_genre_display()),
            "issuing_body": self.issuing_body,
        }

    def facets_of(self, entry):
        return [
            *super().facets_of(entry),
            ("genre", self.genre),
            ("topic", self.topic),
            ("article_20", self.article_20),
        ]

    def relations(self):
        return {row.page_id: row.role for row in self.related_documents.all()}

    def structured_type(self):
        facts = {
            "legislationIdentifier": self.document_number,
            "legislationDate": self.signed_date.isoformat() if self.signed_date else "",
            "legislationLegalForce": "InForce"
            if self.validity == "valid"
            else ("PartiallyInForce" if self.validity == "amended" else "NotInForce"),
            "legislationPassedBy": self.issuing_body,
        }
        return "Legislation", {key: value for key, value in facts.items() if value}


class RelatedDocument(RelatedPage):
    """A document points at another, in a role; readers see the link on both."""

    class Role(models.TextChoices):
        DRAFTING_NOTE = "drafting_note", _("起草说明")
        AMENDS = "amends", _("修改")
        REPEALS = "repeals", _("废止")

    policy = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="related_documents")
    role = models.CharField(_("关系"), max_length=20, choices=Role.choices)

    panels = [FieldPanel("role"), PageChooserPanel("page")]
