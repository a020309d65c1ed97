"""What must hold between the entries of a plan: references, the tree, addresses, leaders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from structure.plan_model import (
    ALL,
    CORRECTION,
    ChainPlan,
    ColumnPlan,
    DepartmentPlan,
    LeaderPlan,
    UpdateClass,
)
from structure.plan_section import Section
from structure.plan_source import suggestion

Rows = Sequence[tuple[Section, ColumnPlan]]


def unique(entries: Iterable[tuple[Section, str]], field: str) -> None:
    """Every value of the field stands once; empty ones were reported on reading."""
    first: dict[str, int] = {}
    for section, value in entries:
        if value in first:
            section.report(
                field,
                f"“{value}”重复，第 {first[value]} 行已有",
                "请换一个，或删去其中一行",
                f'"{value}" is already used on line {first[value]}',
                "choose another one, or remove one of the two",
            )
        elif value:
            first[value] = section.line(field)


def known_departments(
    section: Section, field: str, ids: Sequence[str], departments: Sequence[DepartmentPlan]
) -> None:
    """Every id names a department; a department's Chinese name is answered with its id."""
    known = {each.id for each in departments}
    by_name = {
        name: each.id
        for each in departments
        for name in (each.name, each.short, each.full_name)
        if name
    }
    for word in ids:
        if not word or word in known:
            continue
        mend, mend_en = suggestion(word, known)
        if word in by_name:
            mend, mend_en = f"请改为 {by_name[word]}", f"did you mean {by_name[word]}?"
        section.report(field, f"未知的部门“{word}”", mend, f'unknown department "{word}"', mend_en)


def check_chains(
    default: tuple[Section, str], home: Section, rows: Rows, chains: Sequence[ChainPlan]
) -> None:
    """The chains that the default, the home page and the columns name are defined."""
    names = {each.name for each in chains}
    top, default_chain = default
    top.known("default_chain", default_chain, names, "流程", "chain")
    for section, field in (
        (top, "default_chain"),
        *((section, "chain") for section in (home, *(section for section, _ in rows))),
    ):
        if not isinstance(named := section.raw(field), str):
            continue
        if section is not top:
            section.known("chain", named.strip(), names, "流程", "chain")
        if named.strip() == CORRECTION:
            section.report(
                field,
                "更正流程由编辑在改动很小时选用，不能是栏目的流程",
                "请改用其他流程",
                "the chain of corrections cannot be the chain of a column",
                "name another chain",
            )


def check_owners(rows: Rows, departments: Sequence[DepartmentPlan]) -> None:
    """Owners and contributors exist; `[all]` and `shared` go together, and `all` stands alone."""
    for section, column in rows:
        known_departments(section, "owners", column.owners, departments)
        known_departments(section, "contributors", column.contributors, departments)
        if ALL in column.owners and len(column.owners) > 1:
            section.report(
                "owners",
                f"{ALL} 已包括各处室，不能再列其他",
                f"请改为 [{ALL}]",
                f"{ALL} already covers every department",
                f"write [{ALL}]",
            )
        if column.shared != (ALL in column.owners) and column.owners:
            section.report(
                "shared",
                f"共用栏目的责任处室须为 [{ALL}]，两者不一致",
                f"请改为 shared: true 和 owners: [{ALL}]，或两者都不用",
                f"shared and owners: [{ALL}] go together",
                f"write shared: true with owners: [{ALL}], or neither",
            )


def check_periods(rows: Rows, classes: Sequence[UpdateClass]) -> None:
    """A column of an update class has that class's days; an event ends after it starts."""
    days = {each.id: each.days for each in classes}
    for section, column in rows:
        name = column.update_class
        section.known("update_class", name, days, "更新周期类别", "update class")
        given = column.update_period_days
        unread = given is None and section.raw("update_period_days") is not None
        if name in days and given != days[name] and not unread:
            shown = "null" if given is None else given
            section.report(
                "update_period_days",
                f"周期 {shown} 与类别 {name} 的 {days[name]} 天不一致",
                f"请改为 {days[name]}，或改 update_class",
                f"period {shown} disagrees with the {days[name]} days of class {name}",
                f"write {days[name]}, or change update_class",
            )
        if column.event_start and column.event_end and column.event_end < column.event_start:
            section.report(
                "event_end",
                f"结束日期 {column.event_end} 早于开始日期 {column.event_start}",
                "请改正其中一个日期",
                f"event_end {column.event_end} is before event_start {column.event_start}",
                "correct one of the dates",
            )


def check_tree(rows: Rows) -> None:
    """Every parent exists and no column stands below itself."""
    parents: dict[str, str | None] = {}
    for _, column in rows:
        parents.setdefault(column.key, column.parent)
    told: set[str] = set()
    for section, column in rows:
        section.known("parent", column.parent, parents, "上级栏目", "parent column")
        walked, above = [], column.key
        while above is not None and above not in walked and above not in told:
            walked.append(above)
            above = parents.get(above)
        if above in walked:
            circle = walked[walked.index(above) :]
            told.update(circle)
            shown = " → ".join([*circle, above])
            section = next(each for each, found in rows if found.key in circle)
            section.report(
                "parent",
                f"上下级成环：{shown}",
                "请改其中一个栏目的 parent",
                f"parents form a circle: {shown}",
                "change the parent of one of them",
            )


def check_siblings(rows: Rows) -> None:
    """No two columns have the same address."""
    first: dict[tuple[str | None, str], ColumnPlan] = {}
    for section, column in rows:
        place = (column.parent, column.slug)
        other = first.setdefault(place, column)
        if column.slug and other.key != column.key:
            section.report(
                "slug",
                f"网址段“{column.slug}”与同级栏目 {other.key}（第 {other.line} 行）相同",
                "请换一个 slug",
                f'slug "{column.slug}" is also that of its sibling {other.key}, line {other.line}',
                "choose another slug",
            )


def check_count(site: Section, count: int | None, rows: Rows) -> None:
    """The plan's own columns are complete: as many as the source document names."""
    found = sum(1 for section, _ in rows if section.raw("inferred") is not True)
    if count is not None and found != count:
        site.report(
            "plan_column_count",
            f"方案栏目应为 {count} 个，文件中未标 inferred 的有 {found} 个",
            "请补上缺少的栏目，或给补设的栏目标 inferred: true，或改此数",
            f"{count} plan columns expected, {found} found without inferred: true",
            "add what is missing, mark additions inferred: true, or change the number",
        )


def check_leaders(
    leaders: Sequence[tuple[Section, LeaderPlan]],
    departments: Sequence[tuple[Section, DepartmentPlan]],
    chains: Sequence[ChainPlan],
) -> None:
    """Leaders lead known departments, no two the same; each is led where a chain asks a leader."""
    real = [each for _, each in departments if not each.is_virtual]
    led: dict[str, str] = {}
    for section, leader in leaders:
        known_departments(section, "leads", leader.departments, real)
        for each in leader.departments:
            if led.setdefault(each, leader.id) != leader.id:
                section.report(
                    "leads",
                    f"部门“{each}”已由 {led[each]} 分管",
                    "请只留在一位分管局领导名下",
                    f'department "{each}" is already led by {led[each]}',
                    "leave it to one leader in charge",
                )
    if not any("leader_review" in chain.steps for chain in chains):
        return
    for section, department in departments:
        if department.id and not department.is_virtual and department.id not in led:
            section.report(
                "id",
                f"部门“{department.id}”没有分管局领导，稿件无法送审",
                "请把它加入 leaders 中一位的 leads",
                f'department "{department.id}" is led by nobody, so its drafts cannot be reviewed',
                "add it to the leads of one of the leaders",
            )
