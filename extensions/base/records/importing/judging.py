"""Judging rows: new, changed, identical or wrong. The preview shows it, the import repeats it."""

import json
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from exports.columns import plain
from extensions.base.records.importing.importers import Changed, Given
from extensions.base.records.sheets.layouts import CHOICE
from extensions.base.records.sheets.masking import masked, without_numbers
from extensions.base.records.sheets.values import read_row

#: Rows whose records are asked for in one query.
CHUNK = 1000
#: Letters of the verdicts, also the names of the counts.
NEW, CHANGED, IDENTICAL, WRONG = "n", "c", "i", "w"
NAMES = {NEW: "new", CHANGED: "changed", IDENTICAL: "identical", WRONG: "wrong"}


@dataclass
class Judged:
    """A chunk of rows, judged: lines for the preview, rows to be saved, counts by letter."""

    lines: list = field(default_factory=list)
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    counts: dict = field(default_factory=lambda: dict.fromkeys(NAMES, 0))


def given_rows(sheet, importer):
    """Every row of a sheet as Given, with the problems it has by itself; no query is made."""
    for row in sheet.rows:
        values, problems = read_row(sheet, row)
        given = Given(row.number, values, problems, row, sheet)
        told = {each.field for each in problems}
        faults = list(importer.validate(given))
        given.problems = [*problems, *(each for each in faults if each.field not in told)]
        yield given


def chunks(rows):
    """Lists of at most CHUNK rows."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


class Judge:
    """Judges chunk after chunk of one sheet; remembers which records it has met."""

    def __init__(self, importer, layout, user, department):
        self.importer, self.user, self.department = importer, user, department
        self.fields = {each.name: each for each in layout.fields}
        self._met = {}

    def judge(self, chunk):
        """The chunk judged by what the database holds now: one query for its records."""
        judged, sound = Judged(), {}
        for given in chunk:
            if given.problems:
                continue
            key = self.importer.key(given.values)
            if (first := self._met.setdefault(key, given.number)) != given.number:
                given.problems.append(
                    given.problem(
                        "",
                        _("与第 %(row)d 行是同一条记录。") % {"row": first},
                        _("请只保留一行。"),
                    )
                )
            else:
                sound[given.number] = key
        records = self.importer.existing(set(sound.values()), self.department) if sound else {}
        for given in chunk:
            self._one(given, records, sound.get(given.number), judged)
        return judged

    def _one(self, given, found, key, judged):
        record = found.get(key)
        if not given.problems:
            refused = self.importer.refuse(given, record, self.user, self.department, found)
            given.problems = list(refused)
        if given.problems:
            return self._say(judged, WRONG, given, problems=given.problems)
        if record is None:
            judged.new.append(given)
            return self._say(judged, NEW, given)
        current = self.importer.current(record)
        fields = tuple(n for n, v in given.values.items() if not _same(v, current.get(n)))
        if not fields:
            return self._say(judged, IDENTICAL, given)
        judged.changed.append(Changed(given, record, fields))
        changes = [
            (
                str(self.fields[n].label),
                self._text(n, current.get(n)),
                self._text(n, given.values[n]),
            )
            for n in fields
        ]
        return self._say(judged, CHANGED, given, changes=changes)

    def _say(self, judged, letter, given, changes=(), problems=()):
        judged.counts[letter] += 1
        said = {"row": given.number, "title": self._title(given)}
        if changes:
            said["changes"] = changes
        if problems:
            said["problems"] = [
                [each.cell, each.label, each.value, each.rule, each.mend] for each in problems
            ]
        judged.lines.append(letter + json.dumps(said, ensure_ascii=False))

    def _title(self, given):
        """The row's title, as far as its values could be read."""
        try:
            return without_numbers(str(self.importer.title(given.values)))
        except (KeyError, TypeError, AttributeError):
            return ""

    def _text(self, name, value):
        each = self.fields[name]
        if each.kind == CHOICE:
            labels = {key: str(label) for key, label in each.options()}
            several = value if isinstance(value, (list, tuple)) else (value,)
            text = "；".join(labels.get(one, plain(one)) for one in several)
        else:
            text = plain(value)
        if each.secret:
            return masked(text)
        text = without_numbers(text)
        return text if len(text) <= 200 else f"{text[:199]}…"


def _same(one, other):
    """Whether two values mean the same: all that is empty does, lists are tuples."""
    one, other = (tuple(v) if isinstance(v, list) else v for v in (one, other))
    empty = ("", None, ())
    return one == other or (one in empty and other in empty)
