"""The keys of columns.yaml: each entry read by itself. Relations between entries: plan_rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from structure.plan_model import (
    ALL,
    ChainPlan,
    ColumnPlan,
    DepartmentPlan,
    Duty,
    HomePlan,
    LeaderPlan,
    UpdateClass,
    WorkflowConstants,
)
from structure.plan_section import SLUG, Section
from structure.plan_source import Marked, Problems

KNOWN_KINDS = frozenset({
    "news", "policy", "notice", "personnel", "plan", "service", "interaction", "topic",
    "catalogue", "link", "statistics", "pictures", "republication", "new_media", "powers",
    "leaders", "institution", "credit", "requests", "annual_report", "search",
})  # fmt: skip
KNOWN_STEPS = frozenset({"department_review", "leader_review", "office_review", "centre_publish"})
RESERVED_SLUGS = frozenset({
    "en", "hant", "page", "admin", "search", "feeds", "requests", "letters", "credit", "open-data",
    "api", "site-map", "healthz", "readyz", "metrics", "documents", "static", "media", "history",
    "review", "reading", "qr", "privacy", "subscribe", "report-error",
})  # fmt: skip
PERIOD_BASES = ("plan-by-name", "inferred", "statute", "none")
LIFECYCLES = ("standing", "campaign", "event")
DEPARTMENT_TYPES = ("internal", "affiliated", "virtual")
HOME_KEY = "home"
"""The key that the home page's own record bears; no column may take it."""

TOP = (
    "schema", "site", "home", "update_classes", "workflow", "chains", "default_chain",
    "record_chains",
    "site_duties", "departments", "leaders", "columns",
)  # fmt: skip
SITE = ("name", "source_document", "plan_column_count")
HOME = ("title", "owners", "chain")
WORKFLOW = tuple(WorkflowConstants.__dataclass_fields__)
UPDATE_CLASS = ("id", "title", "iso", "days", "note")
CHAIN = ("title", "steps", "days")
#: Working days for a step of review where the plan names none; the office decides others.
DEFAULT_STEP_DAYS = 3
LEADER = ("title", "leads", "inferred")
DUTY = ("title", "owner")
COLUMN = (
    "key", "slug", "title", "parent", "parent_basis", "catalogue_prefix", "owners", "shared",
    "contributors", "kind", "chain", "update_period_days", "update_class", "period_basis",
    "lifecycle", "event_start", "event_end", "inferred", "group", "in_nav", "note",
)  # fmt: skip
DEPARTMENT = (
    "id", "name", "short", "type", "full_name", "full_name_inferred", "inferred",
)  # fmt: skip

LISTS = {
    "update_classes": UPDATE_CLASS,
    "departments": DEPARTMENT,
    "site_duties": DUTY,
    "columns": COLUMN,
}


@dataclass(frozen=True)
class Vocabulary:
    """The words a plan may use that other rooms decide."""

    kinds: frozenset[str] = KNOWN_KINDS
    steps: frozenset[str] = KNOWN_STEPS
    reserved: frozenset[str] = RESERVED_SLUGS
    record_steps: frozenset[str] = KNOWN_STEPS | {"principal_review"}


def part(top: Section, field: str, known: tuple[str, ...]) -> Section:
    """A mapping of the plan. One that is absent was reported as such: its fields are not again."""
    if top.raw(field) is None:
        return Section(Marked({}, top.start, field), Problems(""), known)
    return Section(top.fields[field], top.problems, known)


def listed(top: Section, field: str, known: tuple[str, ...]) -> list[Section]:
    """The entries of a list of mappings, e.g. `columns`."""
    return [Section(each, top.problems, known) for each in _items(top, field, list)]


def named(top: Section, field: str, known: tuple[str, ...]) -> list[tuple[str, Section]]:
    """The entries of a mapping of mappings, e.g. `chains`."""
    entries = _items(top, field, dict)
    return [(name, Section(each, top.problems, known)) for name, each in entries.items()]


def _items(top: Section, field: str, kind: type):
    value = top.raw(field)
    if value is None:
        return kind()
    if isinstance(value, kind):
        return value
    shape = ("列表", "a list") if kind is list else ("“名称: 内容”的一组", "a mapping")
    top.report(
        field,
        f"须为{shape[0]}",
        "请参照 columns-schema.md 改写",
        f"must be {shape[1]}",
        "see columns-schema.md",
    )
    return kind()


def read_site(section: Section) -> tuple[str, str, int | None]:
    """The site's name, its source document and the number of columns that document names."""
    count = section.count("plan_column_count", "方案栏目数", "the number of plan columns")
    return section.text("name", True) or "", section.text("source_document") or "", count


def read_workflow(section: Section) -> WorkflowConstants:
    """The limits of the source document; all of them must be given."""
    return WorkflowConstants(
        **{name: section.count(name, "数值", "the value", required=True) or 0 for name in WORKFLOW}
    )


def read_update_class(section: Section) -> UpdateClass:
    """One class of update period; `iso` is the exact length, `days` what the monitor counts."""
    iso = section.text("iso")
    if iso and not re.fullmatch(r"P\d+[YMWD]", iso):
        section.report(
            "iso",
            f"“{iso}”不是 ISO 8601 周期",
            "请写成 P1Y、P6M、P2W 的形式",
            f'"{iso}" is no ISO 8601 period',
            "write P1Y, P6M or P2W",
        )
    return UpdateClass(
        id=section.name("id") or "",
        title=section.text("title", True) or "",
        days=section.count("days", "天数", "days", required=True) or 0,
        iso=iso,
        note=section.text("note") or "",
    )


def read_department(section: Section, position: int) -> DepartmentPlan:
    """One department; `short` defaults to the name."""
    name = section.text("name", True) or ""
    department = DepartmentPlan(
        id=section.name("id") or "",
        name=name,
        short=section.text("short") or name,
        type=section.choice("type", DEPARTMENT_TYPES),
        full_name=section.text("full_name"),
        full_name_inferred=section.flag("full_name_inferred"),
        inferred=section.flag("inferred"),
        position=position,
        line=section.start,
    )
    if department.id and department.is_virtual != (department.id == ALL):
        section.report(
            "type",
            f"标识 {ALL} 与类型 virtual 须同时使用",
            f"请只给 {ALL} 用 type: virtual",
            f"the id {ALL} and the type virtual go together",
            f"use type: virtual for {ALL} only",
        )
    return department


def read_duty(section: Section) -> Duty:
    """One duty that is not a column."""
    return Duty(section.text("title", True) or "", section.text("owner", True) or "")


def read_chain(name: str, section: Section, known_steps: frozenset[str]) -> ChainPlan:
    """One chain; its steps must be known, at least one, each once."""
    section.spelled("", name)
    steps = section.names("steps", required=True)
    for step in steps:
        section.known("steps", step, known_steps, "步骤", "step")
    title = section.text("title", True) or ""
    days = _step_days(section, steps)
    return ChainPlan(name=name, title=title, steps=steps, days=days, line=section.start)


def _step_days(section: Section, steps: tuple[str, ...]) -> tuple[int, ...]:
    """Working days of each step: `days` is one number for all of them, or a number by step."""
    if not isinstance(section.raw("days"), dict):
        days = section.count("days", "办理工作日数", "number of working days")
        return (days or DEFAULT_STEP_DAYS,) * len(steps)
    by_step = Section(section.fields["days"], section.problems, steps)
    return tuple(
        by_step.count(step, "办理工作日数", "number of working days") or DEFAULT_STEP_DAYS
        for step in steps
    )


def read_leader(name: str, section: Section, position: int) -> LeaderPlan:
    """One post of leader in charge."""
    section.spelled("", name)
    return LeaderPlan(
        id=name,
        title=section.text("title", True) or "",
        departments=section.names("leads", required=True),
        inferred=section.flag("inferred"),
        position=position,
        line=section.start,
    )


def read_home(section: Section, default_chain: str) -> HomePlan:
    """The home page's owner and chain."""
    return HomePlan(
        title=section.text("title", True) or "",
        owners=section.names("owners", required=True),
        chain=section.text("chain") or default_chain,
        line=section.start,
    )


def read_column(section: Section, words: Vocabulary, default_chain: str) -> ColumnPlan:
    """One column; its position among siblings is set when all are known."""
    key = _column_key(section, words)
    slug = section.name("slug", SLUG, required=False)
    if slug in words.reserved:
        _report_reserved(section, "slug", slug)
    if "parent" not in section.fields:
        section.report(
            "parent",
            "缺少 parent",
            "请补上上级栏目的标识；一级栏目写 parent: null",
            "parent is missing",
            "add the key of the parent, or parent: null at the top level",
        )
    owners = section.names("owners", required=True)
    return ColumnPlan(
        key=key,
        slug=slug or key,
        title=section.text("title", True) or "",
        parent=section.text("parent"),
        parent_basis=section.choice("parent_basis", ("plan", "inferred"), "inferred"),
        owners=owners,
        contributors=section.names("contributors"),
        kind=section.choice("kind", words.kinds),
        chain=section.text("chain") or default_chain,
        update_period_days=section.count("update_period_days", "周期天数", "period"),
        update_class=section.text("update_class"),
        period_basis=section.choice("period_basis", PERIOD_BASES, "none"),
        lifecycle=section.choice("lifecycle", LIFECYCLES, "standing"),
        event_start=section.day("event_start"),
        event_end=section.day("event_end"),
        shared=section.flag("shared", ALL in owners),
        inferred=section.flag("inferred"),
        group=section.flag("group"),
        in_nav=section.flag("in_nav", True),
        note=section.text("note") or "",
        catalogue_prefix=section.text("catalogue_prefix") or "",
        position=0,
        line=section.start,
    )


def _column_key(section: Section, words: Vocabulary) -> str:
    """The key, which is also the slug where none is given."""
    key = section.name("key", SLUG) or ""
    if key == HOME_KEY or (key in words.reserved and "slug" not in section.fields):
        _report_reserved(section, "key", key)
    return key


def _report_reserved(section: Section, field: str, word: str) -> None:
    section.report(
        field,
        f"“{word}”是系统保留的网址",
        "请换一个，如加上拼音首字母",
        f'"{word}" is reserved for the system',
        "choose another one",
    )
