"""Columns: their records and the place of their pages in the tree."""

from page_types.column import ColumnPage
from page_types.publication.models import Column, Listing
from structure.plan import ALL
from structure.sync.records import follow, require_page
from structure.sync.run import Refused


def apply(run):
    """Make, change and move columns; parents come before what stands below them."""
    known = {column.key: column for column in Column.objects.exclude(key=Column.HOME)}
    for each in run.plan.columns:
        if each.key in known:
            _require_planned(known[each.key])
            require_page(known[each.key])
    _free_slugs(run, known)
    reordered = {}
    for each in run.plan.walk():
        parent = run.columns[each.parent] if each.parent else None
        column = known.get(each.key)
        if column is None:
            column = _make(run, each, parent)
        run.columns[each.key] = column
        _follow_plan(run, each, column, parent, reordered)
        _place(run, each, column, parent)
    for parent_key, count in reordered.items():
        run.report.change(
            "~", "菜单顺序", "menu order", f"{parent_key or '/'}：{count} 个栏目 columns"
        )


def _require_planned(column):
    if column.origin != Column.Origin.PLAN:
        raise Refused(
            f"栏目标识 {column.key} 已由编辑开设的栏目占用，请在规划中换一个 key / "
            f"key {column.key} belongs to a column opened by an editor; choose another key"
        )


def _make(run, each, parent):
    page = ColumnPage(
        title=each.title,
        # The tree's slug is no address (the column's path is): the key never changes or clashes.
        slug=each.key,
        live=False,
        department=run.text_department(each),
    )
    run.page_of(parent or run.home()).add_child(instance=page)
    run.made.add(each.key)
    path = run.plan.path_of(each.key)
    run.report.change("+", "新建栏目", "new column", f"{run.named(each)} → /{path}/")
    return Column.objects.create(
        key=each.key,
        slug=each.slug,
        parent=parent,
        position=each.position,
        kind=each.kind,
        chain=each.chain,
        page_id=page.pk,
    )


def _follow_plan(run, each, column, parent, reordered):
    former_kind = column.kind
    if column.position != each.position:
        column.position = each.position
        column.save(update_fields=["position"])
        reordered[each.parent] = reordered.get(each.parent, 0) + 1
    before = column.parent
    if (before, column.slug) != (parent, each.slug):
        # Both at once: half of a change could stand where another column stands.
        column.parent, column.slug = parent, each.slug
        column.save(update_fields=["parent", "slug"])
    if before != parent:
        what = f"{run.named(each)}：{before.key if before else '/'} → {each.parent or '/'}"
        run.report.change(">", "移动栏目", "moved column", what)
    follow(
        run,
        column,
        {
            "kind": each.kind,
            "chain": each.chain,
            "shared": each.shared,
            "open_to_all": ALL in each.contributors,
            "update_period_days": each.update_period_days,
            "period_basis": each.period_basis,
            "lifecycle": each.lifecycle,
            "event_start": each.event_start,
            "event_end": each.event_end,
            "in_nav": each.in_nav,
            "group": each.group,
            "inferred": each.inferred,
        },
        owners=[run.department(code) for code in each.owners if code != ALL],
        contributors=[run.department(code) for code in each.contributors if code != ALL],
        named=run.named(each),
    )
    if column.kind != former_kind:
        # Listings carry their column's kind, so that the home page reads one index.
        Listing.objects.filter(column=column).update(kind=column.kind)


def _place(run, each, column, parent):
    """Move the page below its parent's. Parents are in place already, so no circle can arise."""
    page, target = run.page_of(column), run.page_of(parent or run.home())
    if page.path[: -page.steplen] != target.path:
        page.specific.move(target, pos="last-child")


def _free_slugs(run, known):
    """Slugs that pass from one column to another at once would clash on the way.

    Addresses are not thereby given away: `set_path` refuses those that ever were another's.
    """
    planned = {each.key: each for each in run.plan.columns}
    wanted = {(each.parent, each.slug): each.key for each in run.plan.columns}
    by_pk = {column.pk: column for column in known.values()}
    for column in known.values():
        parent = by_pk[column.parent_id].key if column.parent_id else None
        successor = wanted.get((parent, column.slug))
        if successor in (None, column.key):
            continue
        if column.key not in planned:
            raise Refused(
                f"网址段 {column.slug} 在栏目 {column.key} 中（它已不在规划内），"
                f"不能给栏目 {successor}，请换一个 / slug {column.slug} belongs to column "
                f"{column.key}, which is not in the plan; choose another one for {successor}"
            )
        Column.objects.filter(pk=column.pk).update(slug=f"moving-{column.pk}")
