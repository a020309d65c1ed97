"""The ledger as a data set and as a figure: who published what, when."""

from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from exports import datasets, figures
from exports.columns import MOMENT, NUMBER, Column
from page_types.publication.models import Event

COLUMNS = (
    Column("number", _("序号"), NUMBER, help=_("发布台账中的序号，不重复")),
    Column("shown_at", _("发布时间"), MOMENT),
    Column("what", _("事项")),
    Column("title", _("标题"), width=60),
    Column("column", _("栏目"), help=_("栏目代码")),
    Column("department", _("责任处室")),
)


def _between(start, end):
    """Publications of texts, by the date that visitors see, days included."""
    events = Event.objects.filter(what__in=[Event.What.PUBLISHED, Event.What.REVISED])
    if start:
        events = events.filter(shown_at__gte=make_aware(datetime.combine(start, time())))
    if end:
        next_day = datetime.combine(end + timedelta(days=1), time())
        events = events.filter(shown_at__lt=make_aware(next_day))
    return events


def _rows(start, end):
    events = _between(start, end).select_related("column", "department").order_by("number")
    for event in events.iterator(chunk_size=2000):
        yield (
            event.number,
            event.shown_at,
            event.get_what_display(),
            event.title,
            event.column.key,
            event.department.name,
        )


def register():
    """Called once, when the room is ready."""
    datasets.register(
        datasets.Dataset(
            "publications",
            _("发布记录"),
            COLUMNS,
            _rows,
            description=_("本网站每一次发布和更新：时间、标题、栏目、责任处室。"),
        )
    )
    figures.register(figures.Figure("publications", _("发布信息条数"), _between))
