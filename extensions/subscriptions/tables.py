"""How many subscribers each column has, as a data set; an address is in no file."""

from django.utils.translation import gettext_lazy as _

from exports.columns import NUMBER, Column
from exports.datasets import Dataset
from extensions.subscriptions import desk

COLUMNS = (
    Column("column", _("栏目")),
    Column("confirmed", _("已确认"), NUMBER),
    Column("waiting", _("待确认"), NUMBER),
)


def dataset():
    """Had by those who may enter the desk."""
    return Dataset(
        "subscriptions",
        _("邮件订阅人数"),
        COLUMNS,
        lambda start, end: iter(desk.counts()),
        holders=desk.may_enter,
        description=_("各栏目现有的订阅人数，不分日期，不含邮箱。"),
    )
