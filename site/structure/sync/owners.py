"""Re-owning: a column's pages pass to its new owner, drafts included, and the ledger says so.

Reviews that are running end where they began: their chain keeps the department of its first day.
"""

from page_types.base import PortalPage
from page_types.organisation.models import Department
from page_types.publication.authorities import ReOwn
from page_types.publication.models import Column
from page_types.publication.publish import re_own
from structure.plan import ALL
from structure.sync.run import names


def apply(run):
    """Pass pages on where owners have changed; then see to who writes the columns' own texts."""
    for each in run.plan.walk():
        if former := run.former.get(each.key):
            owners = [run.department(code) for code in each.owners if code != ALL]
            _pass_on(run, run.columns[each.key], run.named(each), former, owners)
    if former := run.former.get(Column.HOME):
        owners = [run.department(code) for code in run.plan.home.owners]
        _pass_on(run, run.home(), Column.HOME, former, owners)
    for column, _title, department in run.planned_texts():
        PortalPage.objects.filter(pk=column.page_id).exclude(department=department).update(
            department=department
        )


def _pass_on(run, column, named, former, owners):
    if column.shared:
        return  # whoever owned it is still one of all
    pages = _pages_in(run, column)
    new = owners[0]
    for old in _leaving(column, former, owners, pages):
        count = pages.filter(department=old).update(department=new)
        re_own(column, old, new, ReOwn())
        what = f"{named}：{names([old])} → {names([new])}（{count} 页 pages）"
        run.report.change("~", "移交", "re-owned", what)


def _leaving(column, former, owners, pages):
    """Former owners who own no longer; of a column that was everybody's, who may not write now."""
    if not former.shared:
        return [department for department in former.owners if department not in owners]
    if column.open_to_all:
        return []
    staying = {*owners, *column.contributors.all()}
    held = set(pages.values_list("department_id", flat=True))
    return [each for each in Department.objects.filter(pk__in=held) if each not in staying]


def _pages_in(run, column):
    """The column's own page and the pages in it, without the columns below."""
    page = run.page_of(column)
    below = page.get_children().exclude(
        pk__in=Column.objects.exclude(page_id=None).values("page_id")
    )
    return PortalPage.objects.filter(pk__in=[page.pk, *below.values_list("pk", flat=True)])
