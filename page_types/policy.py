"""PolicyPage 政策文件: the document, its metadata and what amends, explains or repeals it."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from page_types.content import ContentPage, RelatedPage, also_shown_in_field
from page_types.head_table import Fact, paired
from page_types.publication.lists import row_of
from page_types.vocabulary import Article20, Genre, Topic

#: domain facts 4.4: brackets are 〔〕; a document may have no number.
document_number_shape = RegexValidator(
    r"^[一-龥]+〔\d{4}〕\d+号$", _("文号格式应如：粤体〔2016〕12号，年份用六角括号〔〕。")
)

#: Validity in the words of schema.org.
LEGAL_FORCE = {
    "valid": "InForce",
    "amended": "PartiallyInForce",
    "repealed": "NotInForce",
    "expired": "NotInForce",
}
#: What says the same of a pair of documents from its other end: shown once.
SAID_BETTER = {
    _("取代本文件的文件"): (_("修改本文件的文件"), _("废止本文件的文件")),
    _("本文件取代的文件"): (_("本文件修改的文件"), _("本文件废止的文件")),
}


def validity_of(line, today=None):
    """(name, label) of a document's validity on a day, from its `public_line`.

    A document whose period has run out is 失效 although nobody has come to say so (domain 4.4).
    """
    last = line.get("expiry_date")
    if line.get("validity") in ("valid", "amended") and last:
        if last < (today or timezone.localdate()).isoformat():
            return PolicyPage.Validity.EXPIRED.value, PolicyPage.Validity.EXPIRED.label
    name = line.get("validity", "")
    return name, dict(PolicyPage.Validity.choices).get(name, "")


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
    normative = models.BooleanField(
        _("规范性文件"), default=False,
        help_text=_("自成文日期起，须在规定的工作日内将文件及起草说明、政策解读报办公室"),
    )  # fmt: skip
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
    not_copied = ("document_number", "signed_date", "validity", "validity_date", "successor")
    template = "page_types/policy_page.html"
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("document_number"),
        index.SearchField("issuing_body"),
    ]
    content_panels = [
        *ContentPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("document_number"),
                FieldPanel("issuing_body"),
                FieldPanel("signed_date"),
                FieldPanel("normative"),
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

    def check_text(self):
        super().check_text()
        errors = {}
        if self.normative and not self.signed_date:
            errors["signed_date"] = _("规范性文件的报送期限自成文日期起算，请填写成文日期。")
        if self.validity != self.Validity.VALID and not self.validity_date:
            errors["validity_date"] = _("文件已修改、废止或失效，请填写从哪一天起。")
        if self.successor_id and self.validity == self.Validity.VALID:
            errors["validity"] = _("已指明修改或取代它的文件，有效性不能仍是“有效”。")
        if self.expiry_date and self.effective_date and self.expiry_date < self.effective_date:
            errors["expiry_date"] = _("有效期至早于施行日期，请核对。")
        if errors:
            raise ValidationError(errors)

    def formed_on(self, entry):
        return self.signed_date

    def public_line(self):
        return {
            "document_number": self.document_number,
            "signed_date": self.signed_date.isoformat() if self.signed_date else "",
            "validity": self.validity,
            "validity_label": str(self.get_validity_display()),
            "genre": str(self.get_genre_display()),
            "issuing_body": self.issuing_body,
            "expiry_date": self.expiry_date.isoformat() if self.expiry_date else "",
        }

    def public_context(self, reading, entry):
        state, label = validity_of(self.public_line())
        ran_out = state != self.validity
        since = self.expiry_date if ran_out else self.validity_date
        successor = reading.target(self.successor_id) if self.successor_id else None
        return {
            "validity": {
                "name": state,
                "label": label,
                "since": since if state != self.Validity.VALID else None,
                "ran_out": ran_out,
                "successor": row_of(reading.site, successor) if successor else None,
            },
            "head_table": self._head_table(entry, label),
            "related": _once(reading.related()),
        }

    def _head_table(self, entry, validity):
        return paired(
            [
                Fact(_("索引号"), entry.facts.get("index_number")),
                Fact(_("主题分类"), self.get_topic_display()),
                Fact(_("发文机关"), self.issuing_body or entry.department.name),
                Fact(_("成文日期"), self.signed_date),
                Fact(_("标题"), entry.title, wide=True),
                Fact(_("文号"), self.document_number),
                Fact(_("发布日期"), entry.shown_at, "shown_at"),
                Fact(_("体裁"), self.get_genre_display()),
                Fact(_("公开属性"), self.get_disclosure_display()),
                Fact(_("施行日期"), self.effective_date),
                Fact(_("有效期至"), self.expiry_date),
                Fact(_("主动公开事项"), self.get_article_20_display(), wide=True),
                Fact(_("有效性"), validity, "validity", wide=True),
                Fact(_("主题词"), self.keywords, wide=True),
            ]
        )

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
            "legislationLegalForce": LEGAL_FORCE[validity_of(self.public_line())[0]],
            "legislationPassedBy": self.issuing_body,
        }
        return "Legislation", {key: value for key, value in facts.items() if value}


def _once(related):
    """Related pages without those that another heading names more exactly."""
    for heading, better in SAID_BETTER.items():
        named = [row for other in better for row in related.get(other, ())]
        if heading in related:
            related[heading] = [row for row in related[heading] if row not in named]
    return related


class RelatedDocument(RelatedPage):
    """A document points at another, in a role; readers see the link on both."""

    class Role(models.TextChoices):
        DRAFTING_NOTE = "drafting_note", _("起草说明")
        AMENDS = "amends", _("修改")
        REPEALS = "repeals", _("废止")

    policy = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="related_documents")
    role = models.CharField(_("关系"), max_length=20, choices=Role.choices)

    panels = [FieldPanel("role"), PageChooserPanel("page")]
