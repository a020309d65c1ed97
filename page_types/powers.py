"""ListOfPowersPage 权责清单: powers, duties, negative lists; every version stays."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from page_types.content import ContentPage, also_shown_in_field
from page_types.head_table import Fact, paired
from page_types.power_versions import FIELDS, versions_of


class PowerBlock(blocks.StructBlock):
    """One item of a list. The code names it over all versions."""

    code = blocks.CharBlock(label=_("事项编码"), max_length=50)
    name = blocks.CharBlock(label=_("事项名称"), max_length=200)
    category = blocks.CharBlock(
        label=_("类别"), required=False, max_length=50, help_text=_("行政许可、行政处罚等")
    )
    basis = blocks.TextBlock(label=_("依据"), rows=2)
    subject = blocks.CharBlock(label=_("实施主体"), max_length=200)
    process_chart = ImageChooserBlock(label=_("流程图"), required=False)
    process_text = blocks.TextBlock(
        label=_("流程说明"), required=False, rows=2,
        help_text=_("有流程图时必填：用文字写出流程图的内容"),
    )  # fmt: skip
    supervision_phone = blocks.CharBlock(label=_("监督电话"), required=False, max_length=50)
    note = blocks.CharBlock(label=_("备注"), required=False, max_length=200)

    class Meta:
        icon = "list-ul"
        label = _("事项")

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned.get("process_chart") and not cleaned.get("process_text"):
            raise blocks.StructBlockValidationError(
                {"process_text": ValidationError(_("有流程图时，请用文字写出流程图的内容。"))}
            )
        return cleaned


class ListOfPowersPage(ContentPage):
    """A list. Its versions are its publications in the ledger, which nobody can alter."""

    class ListKind(models.TextChoices):
        POWERS = "powers", _("权力清单")
        DUTIES = "duties", _("责任清单")
        NEGATIVE = "negative", _("负面清单")

    list_kind = models.CharField(
        _("清单类型"), max_length=20, choices=ListKind.choices, default=ListKind.POWERS
    )
    effective_date = models.DateField(_("施行日期"), null=True, blank=True)
    change_note = models.CharField(
        _("本版调整说明"), max_length=300, blank=True, help_text=_("与上一版相比改了什么、为什么")
    )
    items = StreamField([("item", PowerBlock())], verbose_name=_("事项"), blank=True)
    also_shown_in = also_shown_in_field()

    is_creatable = True
    in_catalogue = True
    speaking_fields = ("items",)
    template = "page_types/list_of_powers_page.html"
    content_panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("list_kind"), FieldPanel("effective_date"), FieldPanel("change_note")],
            heading=_("清单"),
        ),
        FieldPanel("items"),
        FieldPanel("body", heading=_("说明")),
        FieldPanel("keywords"),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("权责清单")

    def check_text(self):
        super().check_text()
        codes = Counter(block.value["code"] for block in self.items)
        if twice := [code for code, times in codes.items() if times > 1]:
            message = _("事项编码重复：%(codes)s。每个事项的编码在清单中只能出现一次。")
            raise ValidationError({"items": message % {"codes": "、".join(twice)}})

    def public_context(self, reading, entry):
        """Versions, newest first; a preview has none, and the draft it shows is none yet."""
        versions = [] if reading.preview else versions_of(entry.pk)[::-1]
        present = versions[0] if versions else None
        return {
            "versions": versions,
            "headings": FIELDS.values(),
            "head_table": paired(
                [
                    Fact(_("清单类型"), self.get_list_kind_display()),
                    Fact(_("事项数"), str(len(self.items))),
                    Fact(_("施行日期"), self.effective_date),
                    Fact(_("本版公布日期"), present and present.published_at),
                    Fact(_("本版调整说明"), self.change_note, wide=True),
                ]
            ),
        }

    def public_line(self):
        return {"list_kind": str(self.get_list_kind_display()), "items": len(self.items)}

    def structured_type(self):
        return "Dataset", {}
