"""Loading the plan of the site (columns.yaml), with everything wrong in it told at once.

    plan = load_plan()
    plan.column("zcfg").owners, plan.chain("report").steps, plan.leader_of("mass")

Pure Python: usable without Django, so that a plan can be checked before there is a database.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from structure import plan_rules as rules
from structure import plan_schema as schema
from structure.plan_model import (
    ALL,
    ChainPlan,
    ColumnPlan,
    DepartmentPlan,
    Duty,
    HomePlan,
    LeaderPlan,
    Plan,
    UpdateClass,
    WorkflowConstants,
)
from structure.plan_schema import KNOWN_KINDS, KNOWN_STEPS, RESERVED_SLUGS
from structure.plan_section import Section
from structure.plan_source import Marked, PlanError, Problem, Problems, read_marked

__all__ = [
    "ALL", "KNOWN_KINDS", "KNOWN_STEPS", "PLAN_FILE", "RESERVED_SLUGS", "ChainPlan", "ColumnPlan",
    "DepartmentPlan", "Duty", "HomePlan", "LeaderPlan", "Plan", "PlanError", "Problem",
    "UpdateClass", "WorkflowConstants", "load_plan", "parse_plan",
]  # fmt: skip

PLAN_FILE = Path(__file__).with_name("columns.yaml")
SCHEMA = 1
REQUIRED = ("site", "home", "workflow", "chains", "default_chain", "departments", "columns")


def load_plan(path=PLAN_FILE, **vocabulary) -> Plan:
    """The plan in a file; PlanError with every problem found if it cannot be used.

    Takes the keyword arguments of `parse_plan`.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems = Problems(path.name)
        problems.add(
            0,
            "",
            f"读不出文件（{type(error).__name__}）",
            "请检查文件是否存在、可读，并以 UTF-8 保存",
            f"cannot be read ({type(error).__name__})",
            "check that it exists, is readable and saved as UTF-8",
        )
        raise PlanError(problems.found) from error
    return parse_plan(text, path.name, **vocabulary)


def parse_plan(
    text: str,
    file: str = "columns.yaml",
    *,
    known_kinds=KNOWN_KINDS,
    known_steps=KNOWN_STEPS,
    reserved_slugs=RESERVED_SLUGS,
) -> Plan:
    """The plan in a text; `file` is the name that problems carry."""
    problems = Problems(file)
    root = read_marked(text, problems)
    if root is None:
        raise PlanError(problems.found)
    words = schema.Vocabulary(
        frozenset(known_kinds), frozenset(known_steps), frozenset(reserved_slugs)
    )
    plan = _build(root, problems, words)
    problems.raise_if_any()
    return plan


def _build(root: Marked, problems: Problems, words: schema.Vocabulary) -> Plan:
    """Read every entry, then check what must hold between them."""
    top = Section(root, problems, schema.TOP)
    for field in REQUIRED:
        if top.raw(field) is None:
            top.missing(field)
    if top.raw("schema") not in (None, SCHEMA):
        top.report(
            "schema",
            "不支持的规划文件版本",
            f"请改为 schema: {SCHEMA}",
            "this version of the plan file is not supported",
            f"write schema: {SCHEMA}",
        )
    default_chain = top.text("default_chain") or ""
    site = schema.part(top, "site", schema.SITE)
    site_name, source_document, count = schema.read_site(site)
    home = schema.part(top, "home", schema.HOME)
    classes = [(s, schema.read_update_class(s)) for s in _list(top, "update_classes")]
    departments = [
        (s, schema.read_department(s, number)) for number, s in enumerate(_list(top, "departments"))
    ]
    duties = [(s, schema.read_duty(s)) for s in _list(top, "site_duties")]
    chains = [
        (s, schema.read_chain(name, s, words.steps))
        for name, s in schema.named(top, "chains", schema.CHAIN)
    ]
    record_chains = [
        (s, schema.read_chain(name, s, words.record_steps))
        for name, s in schema.named(top, "record_chains", schema.CHAIN)
    ]
    leaders = [
        (s, schema.read_leader(name, s, number))
        for number, (name, s) in enumerate(schema.named(top, "leaders", schema.LEADER))
    ]
    rows = [(s, schema.read_column(s, words, default_chain)) for s in _list(top, "columns")]
    plan = Plan(
        site_name=site_name,
        source_document=source_document,
        plan_column_count=count,
        update_classes=_entries(classes),
        departments=_entries(departments),
        columns=_placed(_entries(rows)),
        chains=_entries(chains),
        record_chains=_entries(record_chains),
        default_chain=default_chain,
        leaders=_entries(leaders),
        home=schema.read_home(home, default_chain),
        duties=_entries(duties),
        workflow=schema.read_workflow(schema.part(top, "workflow", schema.WORKFLOW)),
    )

    rules.unique([(s, each.id) for s, each in classes], "id")
    rules.unique([(s, each.id) for s, each in departments], "id")
    rules.unique([(s, each.name) for s, each in departments], "name")
    rules.unique([(s, each.key) for s, each in rows], "key")
    rules.known_departments(home, "owners", plan.home.owners, plan.real_departments)
    for section, duty in duties:
        rules.known_departments(section, "owner", [duty.owner], plan.departments)
    rules.check_chains((top, default_chain), home, rows, plan.chains)
    rules.check_owners(rows, plan.departments)
    rules.check_periods(rows, plan.update_classes)
    rules.check_tree(rows)
    rules.check_siblings(rows)
    rules.check_count(site, count, rows)
    rules.check_leaders(leaders, departments, plan.chains)
    return plan


def _list(top: Section, field: str) -> list[Section]:
    return schema.listed(top, field, schema.LISTS[field])


def _entries(pairs) -> tuple:
    """The values read, without their places in the file."""
    return tuple(each for _, each in pairs)


def _placed(columns: tuple[ColumnPlan, ...]) -> tuple[ColumnPlan, ...]:
    """The columns, each numbered among its siblings in the order of the file."""
    seen: Counter[str | None] = Counter()
    placed = []
    for column in columns:
        placed.append(replace(column, position=seen[column.parent]))
        seen[column.parent] += 1
    return tuple(placed)
