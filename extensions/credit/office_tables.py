"""Data sets of the office: every record with its state and days, and who changed what.

Persons' numbers are in neither; whoever reports to the platform gets them by `reporting`.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from exports.columns import DATE as DAY
from exports.columns import Column
from exports.datasets import Dataset, Filter, of_query
from extensions.base.records.changes import changes_dataset
from extensions.credit import layouts, services, tables
from extensions.credit.models import KINDS
from extensions.credit.models.states import State
from page_types.organisation.duties import duties_of

_LABELS = {
    "licence": (_("行政许可台账"), _("行政许可修改记录")),
    "penalty": (_("行政处罚台账"), _("行政处罚修改记录")),
}
_DAYS = (
    Column("state", _("状态")),
    Column("department", _("承办处室")),
    Column("due_on", _("应公示日期"), DAY),
    Column("public_on", _("公示日期"), DAY),
    Column("late", _("是否逾期")),
    Column("shown_until", _("公示至"), DAY),
    Column("ended_on", _("停止公示日期"), DAY),
)


class OfficeDataset(Dataset):
    """Had by those who may enter the desk, by their posts: groups hold no such permission."""

    def may_be_had_by(self, user):
        return user.is_active and services.may_enter(user)


def _of_the_office(dataset, imposed):
    return OfficeDataset(**vars(replace(dataset, imposed=imposed)))


def _departments(user):
    duties = duties_of(user)
    return {} if duties.sees_all else {"department_id__in": list(duties.departments)}


def _records(kind):
    model = KINDS[kind]
    items = [item for item in layouts.LAYOUTS[kind, 2018] if not item.secret]

    def query(start, end, state="", **lookups):
        found = tables.between(model.objects.filter(**lookups), start, end)
        found = found.filter(state=state) if state else found
        return found.select_related("department").order_by("-decided_on", "-pk")

    def line(record):
        return (
            *(getattr(record, item.attr) for item in items),
            record.get_state_display(),
            record.department.name,
            record.due_on,
            record.public_on,
            record.is_late,
            record.shown_until,
            record.ended_on,
        )

    return of_query(
        f"credit_{kind}_records",
        _LABELS[kind][0],
        (*map(tables.column_of, items), *_DAYS),
        query,
        line,
        permission=f"ext_credit.view_{kind}",
        description=_("各种状态的记录及其期限，按决定日期；只含本人可查看的处室，不含证件号码。"),
        filters=(Filter("state", _("状态"), lambda: State.choices),),
    )


def datasets():
    """Both of each table."""
    for kind, model in KINDS.items():
        yield _of_the_office(_records(kind), _departments)
        changes = changes_dataset(
            model, f"credit_{kind}_changes", _LABELS[kind][1], f"ext_credit.view_{kind}"
        )
        yield _of_the_office(changes, _departments)
