"""StatisticsPage 统计数据: numbers with their unit, period and source, as table and chart."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from page_types.blocks import StatisticsBlock
from page_types.content import ContentPage, also_shown_in_field
from page_types.head_table import Fact, paired


class StatisticsPage(ContentPage):
    """A release of figures."""

    period = models.CharField(
        _("统计时段"), max_length=50, help_text=_("例如：2016年、2016年上半年")
    )
    method = models.TextField(_("统计口径"), blank=True)
    next_release = models.DateField(_("下次发布日期"), null=True, blank=True)
    series = StreamField([("series", StatisticsBlock())], verbose_name=_("数据"), min_num=1)
    also_shown_in = also_shown_in_field()

    is_creatable = True
    in_catalogue = True
    speaking_fields = ("series",)
    template = "page_types/statistics_page.html"
    content_panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("period"), FieldPanel("method"), FieldPanel("next_release")],
            heading=_("数据说明"),
        ),
        FieldPanel("series"),
        FieldPanel("body", heading=_("说明文字")),
        FieldPanel("source"),
        FieldPanel("keywords"),
    ]
    promote_panels = [*ContentPage.promote_panels, FieldPanel("also_shown_in")]

    class Meta:
        verbose_name = _("统计数据")

    def public_context(self, reading, entry):
        return {
            "head_table": paired(
                [
                    Fact(_("统计时段"), self.period),
                    Fact(_("下次发布日期"), self.next_release),
                    Fact(_("统计口径"), self.method, wide=True),
                ]
            )
        }

    def public_line(self):
        return {"period": self.period}

    def structured_type(self):
        return "Dataset", {"temporalCoverage": self.period}
