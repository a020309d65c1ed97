"""PolicyPage 政策文件: the document, its metadata and what amends, explains or repeals it."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel

from page_types.content import ContentPage, RelatedPage, also_shown_in_field
from page_types.publication.indexing import next_index_number

#: domain facts 4.4: brackets are 〔〕; a document may have no number.
document_number_shape = RegexValidator(
    r"^[一-龥]+〔\d{4}〕\d+号$", _("文号格式应如：粤体〔2016〕12号，年份用六角括号〔〕。")
)


class PolicyPage(ContentPage):
    """A document of the bureau with the head table that the regulations ask for."""

    class Topic(models.TextChoices):
        OPENNESS = "zhengwu_gongkai", _("综合政务/政务公开")
        SPORT = "tiyu", _("卫生、体育/体育")

    class Genre(models.TextChoices):
        DECISION = "decision", _("决定")
        OPINION = "opinion", _("意见")
        NOTICE = "notice", _("通知")
        PLAN = "plan", _("方案")
        REPLY = "reply", _("批复")
        LETTER = "letter", _("函")
        OTHER = "other", _("其他")

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
    also_shown_in = also_shown_in_field()

    is_creatable = True
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
                FieldPanel("validity"),
                FieldPanel("validity_date"),
            ],
            heading=_("公文要素"),
        ),
        InlinePanel("related_documents", label=_("相关文件")),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("政策文件")

    def facts_at_first_publication(self, event):
        """索引号: given by the ledger at first publication, unique, never used again."""
        return {"index_number": next_index_number(event.shown_at.year)}


class RelatedDocument(RelatedPage):
    """A document points at another, in a role; readers see the link on both."""

    class Role(models.TextChoices):
        DRAFTING_NOTE = "drafting_note", _("起草说明")
        AMENDS = "amends", _("修改")
        REPEALS = "repeals", _("废止")

    policy = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="related_documents")
    role = models.CharField(_("关系"), max_length=20, choices=Role.choices)

    panels = [FieldPanel("role"), PageChooserPanel("page")]
