"""What an extension gives so that its records can be imported: an `Importer`, registered."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from extensions.base.records.sheets.layouts import Problem
from extensions.base.records.sheets.reading import Row, Sheet
from extensions.base.records.sheets.values import problem
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Department
from page_types.publication.registry import Registry


@dataclass(slots=True)
class Given:
    """A row that was given: its number in the sheet, its values by field, what is wrong with it.

    `values` has only fields that have a column.
    """

    number: int
    values: dict
    problems: list
    row: Row
    sheet: Sheet

    def packed(self):
        """What makes it again, together with its sheet."""
        return self.number, self.values, self.problems, self.row

    def problem(self, name, rule, mend=""):
        """A Problem about the cell of a field (about the row, if the field has no column)."""
        for column in self.sheet.columns:
            if column.field is not None and column.field.name == name:
                return problem(self.sheet, self.row, column, rule, mend)
        row = _("第%(number)d行") % {"number": self.number}
        return Problem(row, "", str(rule), str(mend), field=name)


@dataclass(slots=True)
class Changed:
    """A given row that differs from its record in `fields` (names)."""

    given: Given
    record: object
    fields: tuple[str, ...]


class Importer:
    """How rows become records; an extension subclasses it and registers one instance.

    `layouts` are the forms that it reads. Rules that one row can be judged by belong in `validate`,
    what needs the database in `refuse`, which gets the record that the row is about.
    """

    name = ""
    label = ""
    layouts = ()
    #: Permission ("app.codename") without which nobody imports.
    permission = ""

    def may_import(self, user):
        """Whether the user may import for any department; asked for every page: no query."""
        permitted = not self.permission or user.has_perm(self.permission)
        return permitted and bool(duties_of(user).officer_of)

    def departments_for(self, user):
        """The departments for which the user may import: those whose officer he is today."""
        if not self.may_import(user):
            return Department.objects.none()
        return Department.objects.filter(pk__in=duties_of(user).officer_of, active=True)

    def key(self, values):
        """What makes a record this one and no other: a hashable text or tuple."""
        raise NotImplementedError  # abstract: each importer says its own

    def title(self, values):
        """What the preview calls a row."""
        return str(self.key(values))

    def existing(self, keys, department):
        """The records that have one of the keys: {key: record}; one query, called per 1,000.

        It may hold others by keys of their own, for `refuse` to look at.
        """
        raise NotImplementedError  # abstract: each importer says its own

    def current(self, record):
        """The record's values by field, as `values.read_cell` would give them."""
        names = {each.name for layout in self.layouts for each in layout.fields}
        return {name: getattr(record, name) for name in names}

    def validate(self, given):
        """Problems of a row by itself; `given.problem(field, rule, mend)` makes one.

        Cells that could not be read have no value: what is missing for that reason is told already.
        """
        return ()

    def refuse(self, given, record, user, department, found):
        """Problems of a row by what is in the database; `record` is None for a new one.

        `found` is what `existing` gave for the rows judged together.
        """
        return ()

    def apply(self, new, changed, user, sheet_import):
        """Save the new rows [Given] and the changed [Changed], in bulk, with history.

        Called within the transaction of the import, once per 1,000 rows.
        """
        raise NotImplementedError  # abstract: each importer says its own


_importers = Registry("importer")
register = _importers.register
get = _importers.get
all_importers = _importers.all
remove = _importers.remove


def importers_for(user):
    """The importers that the user may use."""
    return [each for each in all_importers() if each.may_import(user)]
