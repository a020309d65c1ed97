"""Public paths of columns. Former ones stay and redirect; articles need no change at all."""

from page_types.publication.columns import set_path
from page_types.publication.models import Column, ColumnPath


def apply(run):
    """Give every column the path that its slug and its parents' make, whoever opened it.

    Columns that have left the plan or were opened by an editor move along with their parents.
    """
    present = dict(ColumnPath.objects.filter(current=True).values_list("column_id", "path"))
    children = {}
    for column in Column.objects.exclude(key=Column.HOME):
        children.setdefault(column.parent_id, []).append(column)
    home = run.home()
    if present.get(home.pk) != "":
        set_path(home, "")
    _below(run, None, "", children, present)


def _below(run, parent_id, path, children, present):
    for column in children.get(parent_id, ()):
        wanted = f"{path}/{column.slug}".strip("/")
        before = present.get(column.pk)
        if before != wanted:
            set_path(column, wanted)
            if before is not None:
                what = f"{column.key}：/{before}/ → /{wanted}/"
                run.report.change(">", "网址", "address", what)
        _below(run, column.pk, wanted, children, present)
