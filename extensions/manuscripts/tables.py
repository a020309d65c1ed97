"""Manuscripts as a data set: the list of the desk, as its user may read it; no text."""

from django.utils.translation import gettext_lazy as _

from exports.columns import DATE, IDENTIFIER, MOMENT, Column
from exports.datasets import Filter, of_query
from extensions.manuscripts import services
from extensions.manuscripts.models import Manuscript
from page_types.publication.days import during

COLUMNS = (
    Column("title", _("题目"), width=40),
    Column("department", _("牵头起草部门")),
    Column("created_at", _("布置时间"), MOMENT),
    Column("due", _("应交稿日期"), DATE),
    Column("state", _("状态")),
    Column("overdue", _("是否逾期")),
    Column("recipient", _("报送单位")),
    Column("reference", _("报送编号"), IDENTIFIER),
    Column("sent_on", _("报送日期"), DATE),
    Column("outcome", _("采用情况"), width=40),
)


def _query(start, end, state="", viewer=None):
    """Manuscripts by the day of their assignment; `viewer` None (a command) gets all."""
    found = services.visible_to(viewer) if viewer else Manuscript.objects.all()
    found = found.filter(during("created_at", start, end))
    found = found.filter(state=state) if state else found
    return found.select_related("department").order_by("created_at", "pk")


def _line(manuscript):
    return (
        manuscript.title,
        manuscript.department.name,
        manuscript.created_at,
        manuscript.due,
        manuscript.get_state_display(),
        manuscript.is_overdue,
        manuscript.recipient,
        manuscript.reference,
        manuscript.sent_on,
        manuscript.outcome,
    )


def dataset():
    """Had by those who may enter the desk."""
    return of_query(
        "manuscripts",
        _("上报稿件"),
        COLUMNS,
        _query,
        _line,
        holders=services.may_enter,
        imposed=lambda user: {"viewer": user},
        description=_("布置、起草、报送和采用情况，按布置日期计；只含本人可查看的，不含正文。"),
        filters=(Filter("state", _("状态"), lambda: Manuscript.State.choices),),
    )
