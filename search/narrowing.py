"""What 栏目: and 部门: in a query narrow to: names as people write them."""

from dataclasses import replace

from page_types.organisation.models import Department
from page_types.publication.snapshot import snapshot
from search.analysis import fold

#: No column and no department has it: a name that nobody bears narrows to nothing.
NOBODY = (0,)


def narrowed(scope, query):
    """The scope within what a query names: columns with all below them, departments, days."""
    wanted = {"since": query.since, "until": query.until}
    if query.columns:
        wanted["columns"] = columns_named(query.columns)
    if query.departments:
        wanted["departments"] = departments_named(query.departments)
    return replace(scope, **wanted)


def columns_named(names):
    """Numbers of the public columns with one of the names in their title, and of all below them."""
    found = {}
    for node in snapshot().walk():
        title = fold(node.title)
        if any(name in title for name in names):
            found |= dict.fromkeys(each.pk for each in node.walk())
    return tuple(found) or NOBODY


def with_all_below(columns):
    """Numbers of these columns and of all below them; what is no public column stays as it is."""
    by_id, found = snapshot().by_id, {}
    for pk in columns:
        found |= dict.fromkeys(each.pk for each in by_id[pk].walk()) if pk in by_id else {pk: None}
    return tuple(found)


def departments_named(names):
    """Numbers of the departments with one of the names in theirs."""
    every = Department.objects.values_list("pk", "name")
    found = [pk for pk, name in every if any(wanted in fold(name) for wanted in names)]
    return tuple(found) or NOBODY
