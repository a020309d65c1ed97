"""Admin grants of the post groups: they make places reachable; who may do what, the tester says.

Columns: officers add and change, reviewers and leaders change. Home: the bureau-wide posts change.
Collections: officers upload and choose, reviewers choose. Never `publish`: publishing is what a
chain ends in, not what a group may do.
"""

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.permissions import permission_policy as images
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from page_types.organisation.models import DEPARTMENT_POSTS, Post, PostGroup
from page_types.organisation.services import group_of
from structure.plan import ALL

ON_COLUMNS = {Post.OFFICER: ("add", "change"), Post.REVIEWER: ("change",), Post.LEADER: ("change",)}
ON_HOME = ("change",)
ON_FILES = {Post.OFFICER: ("add", "change", "choose"), Post.REVIEWER: ("choose",)}
BUREAU_POSTS = [post for post in Post if post not in DEPARTMENT_POSTS]


def apply(run):
    """Bring groups, grants and collections in line, on what the plan names and nowhere else."""
    groups = _groups(run)
    labels = {
        group.pk: run.departments[code].name if code else group.name
        for (_post, code), group in groups.items()
    }
    _bring_in_line(
        run,
        labels,
        GroupPagePermission.objects.filter(
            page_id__in=[column.page_id for column in run.columns.values()],
            group__in=PostGroup.objects.values("group"),
        ),
        "page_id",
        _wanted_on_pages(run, groups),
        {c.page_id: key for key, c in run.columns.items() if key not in run.made},
    )
    collections, made = _collections(run)
    _bring_in_line(
        run,
        labels,
        GroupCollectionPermission.objects.filter(
            collection__in=collections.values(), group__in=PostGroup.objects.values("group")
        ),
        "collection_id",
        _wanted_on_collections(collections, groups),
        {c.pk: c.name for code, c in collections.items() if code not in made},
    )


def _groups(run):
    """(post, department id or None) -> group, each made on first use."""
    known = {
        (each.post, each.department_id): each.group
        for each in PostGroup.objects.select_related("group")
    }
    wanted = [(post, code) for code in run.departments for post in DEPARTMENT_POSTS]
    wanted += [(post, None) for post in BUREAU_POSTS]
    groups, made = {}, []
    for post, code in wanted:
        department = run.departments[code] if code else None
        group = known.get((post, department and department.pk))
        if group is None:
            group = group_of(post, department)
            made.append(group.name)
        groups[post, code] = group
    if made:
        run.report.change("+", "新建岗位组", "new groups of posts", "、".join(made))
    return groups


def _wanted_on_pages(run, groups):
    """(group, page, permission) for every column by its owners and contributors, and for home."""
    actions = {
        permission.codename.rsplit("_", 1)[0]: permission.pk
        for permission in Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(Page)
        )
    }
    home = run.home()
    for code in run.plan.home.owners:
        for post in DEPARTMENT_POSTS:
            yield groups[post, code].pk, home.page_id, actions["change"]
    for post in BUREAU_POSTS:
        for action in ON_HOME:
            yield groups[post, None].pk, home.page_id, actions[action]
    for each in run.plan.columns:
        page_id = run.columns[each.key].page_id
        writers = {*each.owners, *each.contributors}
        if ALL in writers:
            writers = run.departments
        # The office writes the text of shared columns, and its officers are among all.
        for code in writers:
            for post, granted in ON_COLUMNS.items():
                for action in granted:
                    yield groups[post, code].pk, page_id, actions[action]


def _collections(run):
    """Department id -> the collection of its pictures and documents; the ids of new ones."""
    root = Collection.get_first_root_node()
    known = {collection.name: collection for collection in root.get_children()}
    found, made = {}, []
    for code, department in run.departments.items():
        collection = known.get(department.name)
        if collection is None:
            collection = Collection(name=department.name)
            Collection.get_first_root_node().add_child(instance=collection)
            made.append(code)
        found[code] = collection
    if made:
        what = "、".join(run.departments[code].name for code in made)
        run.report.change("+", "新建文件集", "new collections", what)
    return found, made


def _wanted_on_collections(collections, groups):
    """(group, collection, permission) for each department's own files."""
    for policy in (images, documents):
        kind = ContentType.objects.get_for_model(policy.auth_model)
        known = dict(Permission.objects.filter(content_type=kind).values_list("codename", "pk"))
        for code, collection in collections.items():
            for post, granted in ON_FILES.items():
                for action in granted:
                    permission = known[get_permission_codename(action, policy.auth_model._meta)]
                    yield groups[post, code].pk, collection.pk, permission


def _bring_in_line(run, labels, present, place, wanted, places):
    """Add and remove rows until exactly the wanted ones stand.

    Says it for each of `places` (those made in this run are new anyhow, and left out).
    """
    wanted = set(wanted)
    rows = {(row.group_id, getattr(row, place), row.permission_id): row for row in present}
    model = present.model
    model.objects.bulk_create(
        model(group_id=group, permission_id=permission, **{place: at})
        for group, at, permission in sorted(wanted - set(rows))
    )
    superfluous = set(rows) - wanted
    model.objects.filter(pk__in=[rows[each].pk for each in superfluous]).delete()
    for sign, zh, en, changed in (
        ("+", "授权", "granted", wanted - set(rows)),
        ("-", "收回授权", "taken back", superfluous),
    ):
        at_place = {}
        for group, at, _permission in changed:
            at_place.setdefault(at, set()).add(group)
        for at, key in places.items():
            if at in at_place:
                who = "、".join(sorted({labels.get(each, f"#{each}") for each in at_place[at]}))
                run.report.change(sign, zh, en, f"{key}：{who}")
