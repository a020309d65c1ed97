"""Who did what: the changes of a model's records as a data set."""

from itertools import groupby

from django.utils.translation import gettext_lazy as _

from exports.columns import IDENTIFIER, MOMENT, Column
from exports.datasets import Dataset
from extensions.base.records.showing import Eyes, what_happened
from page_types.publication.days import during, midnight

COLUMNS = (
    Column("at", _("时间"), MOMENT),
    Column("who", _("操作人")),
    Column("what", _("操作"), width=8),
    Column("record", _("记录"), width=40),
    Column("number", _("记录编号"), IDENTIFIER, width=12),
    Column("reason", _("原因"), width=40),
    Column("changes", _("修改内容"), width=80),
    Column("request", _("请求编号"), IDENTIFIER, width=36),
)
#: Versions whose relations are read together.
_BATCH = 500


def changes_dataset(model, name, label, permission, imposed=None):
    """The data set of every version of a model's records; secrets are masked for everybody.

    By record, then by time: what changed is told by the version before, whatever its day.
    `imposed(user)` gives lookups of the model's fields that narrow it to what a user may have.
    """

    def rows(start, end, **lookups):
        yield from _rows(model, start, end, lookups)

    return Dataset(
        name=name,
        label=label,
        columns=COLUMNS,
        rows=rows,
        permission=permission,
        imposed=imposed,
        description=_("每次新增、修改、删除：何时、何人、何事、为何。保密字段不列出内容。"),
    )


def _rows(model, start, end, lookups):
    manager, number = model.history, model._meta.pk.attname
    period = manager.filter(during("history_date", start, end), **lookups)
    whose = {f"{number}__in": period.order_by().values(number)}
    found = manager.filter(during("history_date", None, end), **whose)
    found = found.select_related("history_user").order_by(number, "history_date", "history_id")
    eyes, first = Eyes(model), None if start is None else midnight(start)
    for _number, versions in groupby(found.iterator(_BATCH), key=lambda row: getattr(row, number)):
        before = None
        for version in versions:
            if first is None or version.history_date >= first:
                yield _row(eyes, number, before, version)
            before = version


def _row(eyes, number, before, version):
    eyes.ahead([row for row in (before, version) if row is not None])
    changes = eyes.changes(before, version) if before is not None else []
    told = "；".join(f"{each.label}：{each.old or '—'} → {each.new or '—'}" for each in changes)
    return (
        version.history_date,
        str(version.history_user or _("系统")),
        what_happened(version),
        str(version.history_object),
        str(getattr(version, number)),
        version.history_change_reason,
        told,
        version.history_request,
    )
