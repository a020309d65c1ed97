"""The ledger as a data set and as a figure: who published what, when.

Anybody may have it, so it names a page as visitors see it now: a title that was corrected, or whose
page was withdrawn, stays in the ledger and in the audit trail and goes out in no file.
"""

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exports import datasets, figures
from exports.columns import MOMENT, NUMBER, Column
from page_types.publication.days import during
from page_types.publication.models import Entry, Event
from page_types.publication.models.events import page_subject

COLUMNS = (
    Column("number", _("序号"), NUMBER, help=_("发布台账中的序号，不重复")),
    Column("shown_at", _("发布时间"), MOMENT),
    Column("what", _("事项")),
    Column("title", _("标题"), help=_("网页现在的标题；已撤下的不列标题"), width=60),
    Column("column", _("栏目"), help=_("栏目代码")),
    Column("department", _("责任处室")),
)


def _between(start, end):
    """Publications of texts, by the date that visitors see, days included."""
    events = Event.objects.filter(what__in=[Event.What.PUBLISHED, Event.What.REVISED])
    return events.filter(during("shown_at", start, end))


def _query(start, end):
    page = Cast(Substr(OuterRef("subject"), len(page_subject("")) + 1), BigIntegerField())
    title = Subquery(Entry.objects.filter(page_id=page).values("title")[:1])
    events = _between(start, end).annotate(title_now=title)
    return events.select_related("column", "department").order_by("number")


def _line(event):
    return (
        event.number,
        event.shown_at,
        event.get_what_display(),
        event.title_now or gettext("（已撤下）"),
        event.column.key,
        event.department.name,
    )


def _updated():
    """When something was last published."""
    return _between(None, None).order_by("-number").values_list("at", flat=True).first()


def register():
    """Called once, when the room is ready."""
    datasets.register(
        datasets.of_query(
            "publications",
            _("发布记录"),
            COLUMNS,
            _query,
            _line,
            description=_("本网站每一次发布和更新：时间、标题、栏目、责任处室。"),
            updated=_updated,
        )
    )
    figures.register(figures.Figure("publications", _("发布信息条数"), _between))
