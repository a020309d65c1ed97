"""ServicePage 办事指南: something people apply for (key elements: domain facts 6.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from page_types.blocks import SMALL_FEATURES, ShownDocumentBlock
from page_types.content import ContentPage, also_shown_in_field
from page_types.head_table import Fact, paired

#: What the 2019 inspection calls key elements of a guide: field -> its name there.
KEY_ELEMENTS = {
    "basis": _("设定依据"),
    "conditions": _("申请条件"),
    "materials": _("办理材料"),
    "steps": _("办理流程"),
    "time_limit": _("办理时限"),
    "place": _("办理地点"),
    "hours": _("办理时间"),
    "phone": _("联系电话"),
}

#: Sections of the page, in the order in which people need them; each is a field, save `where`.
SECTIONS = {
    "conditions": _("申请条件"),
    "materials": _("办理材料"),
    "steps": _("办理流程"),
    "where": _("办理地点、时间和电话"),
    "basis": _("设定依据"),
    "body": _("其他说明"),
}


class MaterialBlock(blocks.StructBlock):
    """A paper to hand in."""

    name = blocks.CharBlock(label=_("材料名称"), max_length=200)
    form = blocks.ChoiceBlock(
        label=_("形式"),
        choices=[
            ("original", _("原件")),
            ("copy", _("复印件")),
            ("both", _("原件和复印件")),
            ("electronic", _("电子件")),
        ],
        default="original",
    )
    copies = blocks.IntegerBlock(label=_("份数"), min_value=0, default=1)
    note = blocks.CharBlock(label=_("说明"), required=False, max_length=300)
    blank = ShownDocumentBlock(label=_("空白表格"), required=False)


class StepBlock(blocks.StructBlock):
    """A step on the way."""

    title = blocks.CharBlock(label=_("环节"), max_length=100)
    text = blocks.TextBlock(label=_("说明"), required=False, rows=2)
    time = blocks.CharBlock(label=_("时限"), required=False, max_length=50)


class ServicePage(ContentPage):
    """A guide to something the bureau does for people who apply."""

    class ItemType(models.TextChoices):
        LICENCE = "licence", _("行政许可")
        CONFIRMATION = "confirmation", _("行政确认")
        PUBLIC = "public", _("公共服务")
        OTHER = "other", _("其他")

    item_type = models.CharField(
        _("事项类型"), max_length=20, choices=ItemType.choices, default=ItemType.PUBLIC
    )
    audience = models.CharField(_("服务对象"), max_length=100, blank=True)
    basis = RichTextField(_("设定依据"), features=SMALL_FEATURES, blank=True)
    conditions = RichTextField(_("申请条件"), features=SMALL_FEATURES, blank=True)
    materials = StreamField(
        [("material", MaterialBlock(label=_("材料")))], verbose_name=_("办理材料"), blank=True
    )
    steps = StreamField(
        [("step", StepBlock(label=_("环节")))], verbose_name=_("办理流程"), blank=True
    )
    time_limit = models.CharField(_("法定办理时限"), max_length=100, blank=True)
    promised_time = models.CharField(_("承诺办理时限"), max_length=100, blank=True)
    fee = models.CharField(_("收费"), max_length=200, blank=True, help_text=_("不收费请写“不收费”"))
    result = models.CharField(_("办理结果"), max_length=200, blank=True)
    place = models.CharField(_("办理地点"), max_length=200, blank=True)
    hours = models.CharField(_("办理时间"), max_length=200, blank=True)
    phone = models.CharField(_("咨询电话"), max_length=100, blank=True)
    complaints_phone = models.CharField(_("监督电话"), max_length=100, blank=True)
    online_url = models.URLField(_("网上办理网址"), max_length=500, blank=True)
    also_shown_in = also_shown_in_field()

    is_creatable = True
    in_catalogue = True
    speaking_fields = ("basis", "conditions", "steps", "materials", "body")
    template = "page_types/service_page.html"
    content_panels = [
        FieldPanel("title", heading=_("事项名称")),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("item_type"), FieldPanel("audience"), FieldPanel("online_url")],
            heading=_("事项"),
        ),
        FieldPanel("basis"),
        FieldPanel("conditions"),
        FieldPanel("materials"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                FieldPanel("time_limit"),
                FieldPanel("promised_time"),
                FieldPanel("fee"),
                FieldPanel("result"),
            ],
            heading=_("时限、收费和结果"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("hours"),
                FieldPanel("phone"),
                FieldPanel("complaints_phone"),
            ],
            heading=_("地点、时间和电话"),
        ),
        FieldPanel("body", heading=_("其他说明")),
        FieldPanel("keywords"),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("办事指南")

    def missing_elements(self):
        """(field, name) of the key elements that the guide lacks; a promised time limit will do."""
        return [
            (field, name)
            for field, name in KEY_ELEMENTS.items()
            if not getattr(self, field) and not (field == "time_limit" and self.promised_time)
        ]

    def public_context(self, reading, entry):
        # A file as shown to the public knows its document; a draft's is the document.
        blanks = {
            getattr(form, "object_id", form.pk)
            for block in self.materials
            if (form := block.value["blank"])
        }
        return {
            "files": [file for file in reading.documents() if file.object_id not in blanks],
            "head_table": paired(
                [
                    Fact(_("事项类型"), self.get_item_type_display()),
                    Fact(_("服务对象"), self.audience),
                    Fact(_("承诺办理时限"), self.promised_time),
                    Fact(_("法定办理时限"), self.time_limit),
                    Fact(_("收费"), self.fee),
                    Fact(_("办理结果"), self.result),
                ]
            ),
            "sections": [(name, label) for name, label in SECTIONS.items() if self._tells(name)],
        }

    def _tells(self, section):
        if section == "where":
            return any([self.place, self.hours, self.phone, self.complaints_phone])
        return bool(getattr(self, section))

    def public_line(self):
        return {
            "item_type": str(self.get_item_type_display()),
            "time_limit": self.promised_time or self.time_limit,
            "online_url": self.online_url,
        }

    def structured_type(self):
        facts = {"@type": "GovernmentService", "name": self.title, "serviceType": self.summary}
        if self.online_url:
            facts["availableChannel"] = {"@type": "ServiceChannel", "serviceUrl": self.online_url}
        return "WebPage", {"mainEntity": {key: value for key, value in facts.items() if value}}
