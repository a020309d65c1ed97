"""Data sets and figures of 双公示. The public data sets hold what visitors see, and no more."""

from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext_lazy as _

from exports.columns import DATE as DAY
from exports.columns import IDENTIFIER, NUMBER, TEXT, Column
from exports.datasets import Filter, of_query
from exports.figures import Figure
from extensions.credit import layouts, lists
from extensions.credit.models import KINDS
from page_types.organisation.models import Department

#: Kind of record -> name and label of its public data set.
NAMES = {
    "licence": ("credit_licences", _("行政许可信息")),
    "penalty": ("credit_penalties", _("行政处罚信息")),
}
_KINDS = {
    layouts.TEXT: TEXT, layouts.DATE: DAY, layouts.AMOUNT: NUMBER, layouts.CODE: IDENTIFIER,
}  # fmt: skip
#: What the portal says of a record besides the columns of the standard.
_OURS = (
    Column("GSRQ", _("公示日期"), DAY),
    Column("GSJZ", _("公示至"), DAY, help=_("空：长期公示")),
    Column("GSZT", _("公示状态")),
    Column("CBCS", _("承办处室")),
)


def column_of(item):
    """A column of the standard as data sets have it."""
    return Column(item.code, item.label, _KINDS[item.kind])


def text_column_of(item):
    """A column of a report: dates are text there, as the platform writes them."""
    kind = IDENTIFIER if item.kind == layouts.CODE else TEXT
    return Column(item.code, item.label, kind)


def _public_items(kind):
    return [item for item in layouts.LAYOUTS[kind, 2018] if item.public]


def between(records, start, end):
    """Records decided from `start` to `end`, days included, either open."""
    if start:
        records = records.filter(decided_on__gte=start)
    return records.filter(decided_on__lte=end) if end else records


def _query(kind):
    def query(start, end, order=lists.DEFAULT_ORDER, **filters):
        records = between(KINDS[kind].objects.public(), start, end)
        return lists.ordered(
            lists.narrowed(records.select_related("department"), kind, **filters), order
        )

    return query


def _line(kind):
    items = _public_items(kind)

    def line(record):
        return (
            *(record.shown(item.attr) for item in items),
            record.public_on,
            record.shown_until,
            str(lists.STATUSES[record.public_status]),
            record.department.name,
        )

    return line


def _filters(kind):
    statuses = {name: label for name, label in lists.STATUSES.items() if name != "withdrawn"}
    return (
        Filter("q", _("名称、代码或文号")),
        Filter("year", _("决定年份"), lambda: [(str(y), str(y)) for y in lists.years_of(kind)]),
        Filter("sort", _("类别"), lambda: lists.sorts_of(kind)),
        Filter(
            "department",
            _("承办处室"),
            lambda: Department.objects.filter(active=True).values_list("code", "name"),
        ),
        Filter("status", _("公示状态"), statuses.items),
    )


def _updated(kind):
    def updated():
        return KINDS[kind].objects.public().aggregate(last=Max("changed_at"))["last"]

    return updated


def datasets():
    """The public data sets."""
    for kind, (name, label) in NAMES.items():
        yield of_query(
            name,
            label,
            (*map(column_of, _public_items(kind)), *_OURS),
            _query(kind),
            _line(kind),
            description=_("按国家“双公示”数据标准（2018年版）公示的记录；自然人姓名已隐去，"
                          "证件号码不公开。期间按决定日期计。"),
            filters=_filters(kind),
            updated=_updated(kind),
        )  # fmt: skip


def late(kind):
    """Records of a kind that became public after their day."""
    return KINDS[kind].objects.filter(public_on__gt=F("due_on"))


def figures():
    """Decisions made public and those made public late, by the day of the decision."""
    for kind, label in (("licence", _("行政许可")), ("penalty", _("行政处罚"))):
        published = KINDS[kind].objects.filter(public_on__isnull=False)
        yield Figure(
            f"credit_{kind}_public",
            _("公示%s件数") % label,
            lambda start, end, found=published: between(found.all(), start, end),
        )
        yield Figure(
            f"credit_{kind}_late",
            _("逾期公示%s件数") % label,
            lambda start, end, kind=kind: between(late(kind), start, end),
        )


def per_year(kind):
    """[(year, number)] of the public decisions, oldest first: for the chart. One query."""
    years = lists.years_of(kind)[::-1]
    counts = (
        KINDS[kind]
        .objects.public()
        .aggregate(**{f"y{year}": Count("pk", filter=Q(decided_on__year=year)) for year in years})
    )
    return [(year, counts[f"y{year}"]) for year in years]


def numbers(kind, year):
    """How many decisions of a year are public, and how many of them came late."""
    records = KINDS[kind].objects.filter(public_on__isnull=False, decided_on__year=year)
    return {"public": records.count(), "late": records.filter(Q(public_on__gt=F("due_on"))).count()}
