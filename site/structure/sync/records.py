"""A column's record follows the plan, field by field, and says what it followed."""

from wagtail.models import Page

from structure.sync.run import Former, Refused, names

LABELS = {
    "kind": "类型",
    "chain": "审核流程",
    "shared": "共用",
    "open_to_all": "各部门可供稿",
    "update_period_days": "更新周期（天）",
    "period_basis": "周期依据",
    "lifecycle": "存续方式",
    "event_start": "赛事开始",
    "event_end": "赛事结束",
    "in_nav": "进导航",
    "group": "栏目组",
    "inferred": "推定",
}


def follow(run, column, wanted, *, owners, contributors=(), named):
    """Set what differs from the plan; silent about columns made in this run."""
    former = Former(list(column.owners.all()), column.shared)
    said = []
    for name, value in wanted.items():
        if (before := getattr(column, name)) != value:
            said.append(f"{LABELS[name]} {_word(before)} → {_word(value)}")
            setattr(column, name, value)
    if said:
        column.save(update_fields=list(wanted))
    for relation, label, departments in (
        (column.owners, "责任处室", owners),
        (column.contributors, "供稿部门", contributors),
    ):
        before = list(relation.all())
        if set(before) != set(departments):
            relation.set(departments)
            said.append(f"{label} {names(before)} → {names(departments)}")
    if column.key in run.made:
        return
    if set(former.owners) != set(owners) or former.shared != column.shared:
        run.former[column.key] = former
    if said:
        run.report.change("~", "修改栏目", "changed column", f"{named}：{'；'.join(said)}")


def _word(value):
    if isinstance(value, bool):
        return "是" if value else "否"
    return value or "—"


def require_page(column):
    """Columns whose page row was deleted cannot be brought in line: the ledger still has them."""
    if not Page.objects.filter(pk=column.page_id).exists():
        raise Refused(
            f"栏目 {column.key} 的页面已不存在，台账中仍有；请先从备份恢复 / "
            f"the page of column {column.key} is gone; restore it from the backup first"
        )
