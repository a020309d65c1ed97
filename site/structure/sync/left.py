"""What is there and no longer planned: told, never deleted."""

from page_types.organisation.models import Department
from page_types.publication.models import Column, Entry


def apply(run):
    """Tell columns and departments that have left the plan."""
    left = Column.objects.filter(origin=Column.Origin.PLAN).exclude(key__in=run.columns)
    titles = dict(
        Entry.objects.filter(page_id__in=left.values("page_id")).values_list("page_id", "title")
    )
    for column in left.prefetch_related("paths"):
        path = next((path.path for path in column.paths.all() if path.current), "")
        _tell(run, "栏目", "column", f"{column.key} {titles.get(column.page_id, '')} /{path}/")
    for department in Department.objects.exclude(code__in=run.departments):
        _tell(run, "部门", "department", f"{department.code} {department.name}")


def _tell(run, zh, en, what):
    run.report.tell("?", f"规划中已没有的{zh}", f"{en} no longer in the plan, kept", what)
