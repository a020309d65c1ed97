"""Files for the credit platform: the layout of 2018, only what is public or has changed.

They carry persons' numbers, which the platform asks for: only those who report get them, and each
file is in the audit trail.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exports.datasets import of_query
from extensions.credit import layouts, tables
from extensions.credit.models import KINDS, Report
from extensions.credit.models.states import State
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post

#: Posts that report for the whole bureau.
BUREAU = {Post.OFFICE, Post.CENTRE}
#: What the platform has to hear of besides what is public: that it is so no longer.
GONE = (State.WITHDRAWN, State.REPAIRED)


def departments_of(user):
    """Departments whose records the user reports; None: all."""
    duties = duties_of(user)
    return None if duties.posts & BUREAU else duties.officer_of


def may_report(user):
    """Whether the user reports at all."""
    mine = departments_of(user)
    return mine is None or bool(mine)


def since(kind):
    """The moment up to which everything was reported; None before the first report."""
    last = Report.objects.filter(kind=kind).order_by("-until").first()
    return last and last.until


def records(kind, start=None, end=None, changed_since=None, departments=None):
    """Public records, or those that changed after a moment (withdrawn and repaired ones too)."""
    found = KINDS[kind].objects.all()
    if changed_since is None:
        found = found.public()
    else:
        wanted = Q(state=State.PUBLIC) | Q(state__in=GONE, public_on__isnull=False)
        # Public and over between two reports: the platform has to hear of it once.
        wanted |= Q(state=State.OVER, public_on__gte=timezone.localdate(changed_since))
        found = found.filter(wanted, changed_at__gt=changed_since)
    if departments is not None:
        found = found.filter(department_id__in=departments)
    return tables.between(found, start, end).order_by("pk")


def line_of(kind, year=2018):
    """A record as a row of a layout, nothing masked."""
    items = layouts.LAYOUTS[kind, year]

    def line(record):
        return tuple(cell_of(record, item) for item in items)

    return line


def cell_of(record, item):
    """The value of a column; of those of 2016 that are ours in another shape, too."""
    if item.code == "SJC":
        return timezone.localtime(record.changed_at).strftime("%Y/%m/%d %H:%M:%S")
    if item.code in ("CF_ZT", "CF_CFLB2") or not item.attr:
        return ""
    value = getattr(record, item.attr)
    if record.state in GONE:
        if item.attr == "remark":
            return f"{_gone(record)}{value}"
        if item.attr == "current_state":
            return "2"
    if isinstance(value, date):
        return value.strftime("%Y/%m/%d")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else value


def _gone(record):
    """What the layout has no column for: that it must be shown no longer, and since when."""
    told = {State.WITHDRAWN: _("已撤下"), State.REPAIRED: _("已信用修复，停止公示")}[record.state]
    return f"【{record.ended_on:%Y/%m/%d} {told}】"


def table(kind, year=2018, **narrowing):
    """A data set of a report; it is in no registry, so that nobody else gets it."""
    items = layouts.LAYOUTS[kind, year]
    label = {"licence": _("行政许可报送"), "penalty": _("行政处罚报送")}[kind]
    columns = tuple(tables.text_column_of(item) for item in items)

    def query(start, end):
        return records(kind, start, end, **narrowing)

    return of_query(f"credit_report_{kind}", label, columns, query, line_of(kind, year))


@transaction.atomic
def note(kind, began, count, user=None):
    """Remember that everything up to `until` was reported."""
    report = Report(kind=kind, since=since(kind), until=began, count=count, by=user)
    report.save()
    return report
