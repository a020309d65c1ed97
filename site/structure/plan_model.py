"""What a plan says, as frozen values: departments, columns, chains, leaders in charge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

ALL = "all"
"""The department id that stands for every department and unit (各处室及单位)."""

CORRECTION = "correction"
"""The name of the chain of corrections (更正); a plan without it offers none."""


@dataclass(frozen=True)
class UpdateClass:
    """A class of update period (更新周期) named by the source document."""

    id: str
    title: str
    days: int
    iso: str | None = None
    note: str = ""


@dataclass(frozen=True)
class DepartmentPlan:
    """An owner department (责任处室), an affiliated unit, or the virtual one for all."""

    id: str
    name: str
    short: str
    type: str
    full_name: str | None
    full_name_inferred: bool
    inferred: bool
    position: int
    line: int

    @property
    def is_virtual(self) -> bool:
        return self.type == "virtual"


@dataclass(frozen=True)
class ChainPlan:
    """A chain of review steps in their order; the steps are names the review room knows.

    `days`: the working days each of the steps has, in the same order.
    """

    name: str
    title: str
    steps: tuple[str, ...]
    days: tuple[int, ...]
    line: int


@dataclass(frozen=True)
class LeaderPlan:
    """A post of leader in charge (分管局领导) and the departments it leads."""

    id: str
    title: str
    departments: tuple[str, ...]
    inferred: bool
    position: int
    line: int


@dataclass(frozen=True)
class HomePlan:
    """The home page: who owns its text and which chain it passes."""

    title: str
    owners: tuple[str, ...]
    chain: str
    line: int


@dataclass(frozen=True)
class Duty:
    """A duty the source document gives to a department, which is not a column."""

    title: str
    owner: str


@dataclass(frozen=True)
class WorkflowConstants:
    """Time limits and counts set by the source document."""

    interpretation_report_workdays: int
    press_conference_hours: int
    monthly_min_dynamic_items: int


@dataclass(frozen=True)
class ColumnPlan:
    """A column (栏目). `position` counts among its siblings in the order of the file, from 0."""

    key: str
    slug: str
    title: str
    parent: str | None
    parent_basis: str
    owners: tuple[str, ...]
    contributors: tuple[str, ...]
    kind: str
    chain: str
    update_period_days: int | None
    update_class: str | None
    period_basis: str
    lifecycle: str
    event_start: date | None
    event_end: date | None
    shared: bool
    inferred: bool
    group: bool
    in_nav: bool
    note: str
    catalogue_prefix: str
    position: int
    line: int


@dataclass(frozen=True)
class Plan:
    """The whole plan; made only by the loader, hence free of problems."""

    site_name: str
    source_document: str
    plan_column_count: int | None
    update_classes: tuple[UpdateClass, ...]
    departments: tuple[DepartmentPlan, ...]
    columns: tuple[ColumnPlan, ...]
    chains: tuple[ChainPlan, ...]
    record_chains: tuple[ChainPlan, ...]
    default_chain: str
    leaders: tuple[LeaderPlan, ...]
    home: HomePlan
    duties: tuple[Duty, ...]
    workflow: WorkflowConstants

    def column(self, key: str) -> ColumnPlan:
        """The column of that key; KeyError if there is none."""
        return _named(self.columns, "key", key)

    def department(self, department_id: str) -> DepartmentPlan:
        """The department of that id; KeyError if there is none."""
        return _named(self.departments, "id", department_id)

    def chain(self, name: str) -> ChainPlan:
        """The chain of that name; KeyError if there is none."""
        return _named(self.chains, "name", name)

    @property
    def real_departments(self) -> tuple[DepartmentPlan, ...]:
        """The departments people work in: without the virtual one."""
        return tuple(each for each in self.departments if not each.is_virtual)

    def leader_of(self, department_id: str) -> LeaderPlan | None:
        """The leader in charge of a department; None where no chain asks for one."""
        return next((each for each in self.leaders if department_id in each.departments), None)

    def children(self, parent: str | None) -> tuple[ColumnPlan, ...]:
        """The columns directly below a column, or the top-level ones, in menu order."""
        return tuple(each for each in self.columns if each.parent == parent)

    def walk(self, parent: str | None = None) -> Iterator[ColumnPlan]:
        """Every column below `parent`, each after its own parent, in menu order."""
        for each in self.children(parent):
            yield each
            yield from self.walk(each.key)

    def path_of(self, key: str) -> str:
        """The slugs from the top down to a column, joined with "/", without outer slashes."""
        column = self.column(key)
        above = f"{self.path_of(column.parent)}/" if column.parent else ""
        return above + column.slug


def _named(items, field: str, name: str):
    for each in items:
        if getattr(each, field) == name:
            return each
    raise KeyError(name)
