"""Error reports as a data set: what the desk shows to its user, without the reporters' contacts."""

from django.utils.translation import gettext_lazy as _

from exports.columns import IDENTIFIER, MOMENT, Column
from exports.datasets import Filter, of_query
from extensions.error_reports import desk, services
from extensions.error_reports.models import ErrorReport
from page_types.publication.days import during

COLUMNS = (
    Column("reference", _("编号"), IDENTIFIER),
    Column("received_at", _("收到时间"), MOMENT),
    Column("kind", _("错误类型")),
    Column("page", _("页面"), width=40),
    Column("column", _("栏目")),
    Column("description", _("说明"), width=60),
    Column("state", _("状态")),
    Column("department", _("承办部门")),
    Column("pass_on_due", _("应转办时间"), MOMENT),
    Column("passed_on_at", _("转办时间"), MOMENT),
    Column("answer_due", _("应答复时间"), MOMENT),
    Column("answered_at", _("答复时间"), MOMENT),
    Column("answer", _("答复"), width=60),
)


def _query(start, end, state="", kind="", viewer=None):
    """Reports by the day of their receipt; `viewer` None (a command) gets all."""
    found = services.visible_to(viewer) if viewer else ErrorReport.objects.all()
    narrowed = {name: value for name, value in {"state": state, "kind": kind}.items() if value}
    found = found.filter(during("received_at", start, end), **narrowed)
    return found.select_related("department", "column").order_by("received_at", "pk")


def _line(report):
    return (
        report.reference,
        report.received_at,
        report.get_kind_display(),
        report.page,
        report.column.key if report.column else "",
        report.description,
        report.get_state_display(),
        report.department.name if report.department else "",
        report.pass_on_due,
        report.passed_on_at,
        report.answer_due,
        report.answered_at,
        report.answer,
    )


def dataset():
    """Had by those who may enter the desk."""
    return of_query(
        "error_reports",
        _("网站找错"),
        COLUMNS,
        _query,
        _line,
        holders=desk.may_enter,
        imposed=lambda user: {"viewer": user},
        description=_("公众指出的网页错误及其办理，按收到日期计；只含本人可查看的，不含联系方式。"),
        filters=(
            Filter("state", _("状态"), lambda: ErrorReport.State.choices),
            Filter("kind", _("错误类型"), lambda: ErrorReport.Kind.choices),
        ),
    )
