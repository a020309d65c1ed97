"""What the steps of one run share: the plan, what it stands for in the database, the report."""

from dataclasses import dataclass, field

from wagtail.models import Page

from page_types.organisation.models import Department
from page_types.publication.models import Column
from structure.plan import ALL


class Refused(Exception):
    """The plan cannot be carried out; the message says why and what to do, in both languages."""


@dataclass
class Report:
    """Lines for the person at the terminal, in the order in which things happen.

    Signs: + new, ~ changed, > moved, - taken back; ! and ? only tell and count as no change.
    """

    lines: list = field(default_factory=list)
    changes: int = 0

    def change(self, sign, zh, en, what):
        """One thing that is (or would be) done."""
        self.lines.append(f"{sign} {zh} / {en}: {what}")
        self.changes += 1

    def tell(self, sign, zh, en, what):
        """One thing to know, about which nothing is done."""
        self.lines.append(f"{sign} {zh} / {en}: {what}")

    @property
    def changed(self):
        """Whether anything is different now."""
        return self.changes > 0


@dataclass
class Former:
    """Who answered for a column before this run."""

    owners: list
    shared: bool


@dataclass
class Run:
    """One run: later steps find here what earlier ones made."""

    plan: object
    report: Report = field(default_factory=Report)
    departments: dict = field(default_factory=dict)  # id in the plan -> Department
    columns: dict = field(default_factory=dict)  # key -> Column, home included
    made: set = field(default_factory=set)  # keys of columns made in this run
    former: dict = field(default_factory=dict)  # key -> Former, where owners have changed

    def department(self, code) -> Department:
        """The department of an id in the plan."""
        return self.departments[code]

    def home(self) -> Column:
        """The home page's column."""
        return self.columns[Column.HOME]

    def named(self, column_plan):
        """How a report names a column."""
        return f"{column_plan.key} {column_plan.title}"

    def text_department(self, column_plan) -> Department:
        """The department that writes a column's own text: for shared columns the home's owner."""
        shared = ALL in column_plan.owners
        owners = self.plan.home.owners if shared else column_plan.owners
        return self.department(owners[0])

    def planned_texts(self):
        """(Column, title, department that writes it) of home and of every planned column."""
        home = self.plan.home
        yield self.home(), self.plan.site_name, self.department(home.owners[0])
        for each in self.plan.walk():
            yield self.columns[each.key], each.title, self.text_department(each)

    def page_of(self, column) -> Page:
        """The column's page, read anew: tree positions kept in memory go stale."""
        return Page.objects.get(pk=column.page_id)


def names(departments):
    """Departments' names for a sentence."""
    return "、".join(department.name for department in departments) or "—"
