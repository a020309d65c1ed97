"""Departments and what bears their name: post groups and collections. Never deleted."""

from wagtail.models import Collection

from page_types.organisation.models import Department, Post, PostGroup

LABELS = {"name": "名称", "full_name": "全称", "affiliated": "直属单位", "position": "排序"}


def apply(run):
    """Make the departments of the plan; `all` stands for every one and is none itself."""
    known = {department.code: department for department in Department.objects.all()}
    for each in run.plan.real_departments:
        wanted = {
            "name": each.name,
            "full_name": each.full_name or "",
            "affiliated": each.type == "affiliated",
            "position": each.position,
        }
        department = known.get(each.id)
        if department is None:
            department = Department.objects.create(code=each.id, **wanted)
            run.report.change("+", "新建部门", "new department", f"{each.id} {each.name}")
        elif changes := {k: v for k, v in wanted.items() if getattr(department, k) != v}:
            _change(run, department, changes)
        run.departments[each.id] = department


def _change(run, department, changes):
    before = {name: getattr(department, name) for name in changes}
    collections = list(_collections(department.name)) if "name" in changes else []
    for name, value in changes.items():
        setattr(department, name, value)
    department.save(update_fields=list(changes))
    said = "；".join(f"{LABELS[k]} {before[k]} → {v}" for k, v in changes.items())
    run.report.change("~", "修改部门", "changed department", f"{department.code}：{said}")
    if "name" in changes:
        _rename_what_bears_its_name(department, collections)


def _collections(name):
    return Collection.get_first_root_node().get_children().filter(name=name)


def _rename_what_bears_its_name(department, collections):
    for collection in collections:
        collection.name = department.name
        collection.save()
    for post_group in PostGroup.objects.filter(department=department).select_related("group"):
        post_group.group.name = f"{Post(post_group.post).label}·{department.name}"
        post_group.group.save()
