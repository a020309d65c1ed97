"""Lists of the admin as data sets: the audit trail, columns that are behind."""

from django.utils.translation import gettext_lazy as _

from exports import datasets
from exports.columns import DATE, IDENTIFIER, MOMENT, NUMBER, Column
from exports.datasets import Dataset, Filter, of_query
from page_types.organisation.duties import duties_of
from page_types.publication.days import during
from page_types.review.audit.actions import label_of
from page_types.review.audit.models import AuditEntry, Kind
from page_types.review.audit.search import visible_entries
from page_types.review.my_columns import behind_in_bureau

_TRAIL = (
    Column("number", _("编号"), NUMBER),
    Column("at", _("时间"), MOMENT),
    Column("kind", _("类别")),
    Column("action", _("操作")),
    Column("who", _("人员")),
    Column("about", _("对象"), width=40),
    Column("about_id", _("对象编号"), IDENTIFIER),
    Column("department", _("部门")),
    Column("details", _("详情"), width=60),
    Column("mac", _("校验码"), IDENTIFIER),
)


def _trail(start, end, kind="", viewer=None):
    """Entries as the screen 审计记录 shows them to the viewer; all of them to a command."""
    found = visible_entries(viewer) if viewer else AuditEntry.objects.all()
    found = found.filter(during("at", start, end))
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("department").order_by("number")


def _entry(entry):
    return (
        entry.number,
        entry.at,
        entry.get_kind_display(),
        str(label_of(entry.action)),
        entry.user_name,
        entry.label,
        entry.object_id,
        entry.department.name if entry.department else "",
        entry.data,
        entry.mac,
    )


_BEHIND = (
    Column("title", _("栏目")),
    Column("owners", _("责任处室"), width=40),
    Column("period", _("更新周期（天）"), NUMBER),
    Column("updated", _("最近更新"), DATE),
    Column("due", _("应更新日期"), DATE),
    Column("state", _("情况")),
)


def _behind(start, end):
    """Columns past their period, and empty ones; a period narrows to those due in it."""
    for line in behind_in_bureau():
        due = line.due
        if (start and (due is None or due < start)) or (end and (due is None or due > end)):
            continue
        state = _("空白") if line.owed else _("逾期")
        yield line.title, line.owners, line.period, line.last, due, str(state)


def register():
    """Called once, when the room is ready."""
    datasets.register(
        of_query(
            "audit", _("审计记录"), _TRAIL, _trail, _entry,
            holders=lambda user: True,
            imposed=lambda user: {"viewer": user},
            description=_("谁在何时做了什么：与“审计记录”屏幕相同，只含本人可查看的，"
                          "不含网络地址。"),
            filters=(Filter("kind", _("类别"), lambda: Kind.choices),),
        )
    )  # fmt: skip
    datasets.register(
        Dataset(
            "columns_behind", _("逾期和空白的栏目"), _BEHIND, _behind,
            holders=lambda user: duties_of(user).sees_all,
            description=_("超过更新周期没有更新的栏目和空白栏目，期间按应更新日期计。"),
        )
    )  # fmt: skip
