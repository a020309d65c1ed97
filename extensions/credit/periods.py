"""How long a record is shown, and by when it must be public.

Sources: 发改办财金〔2018〕424号 (seven working days); domain facts, 3.7 (periods of penalties),
which stand in the table `PublicityRule` and are the bureau's to confirm and change.
"""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.utils import timezone

from extensions.credit.models.lists import Code, PublicityRule
from extensions.credit.validation import kinds_in
from page_types.organisation import calendar

#: How 长期 is written in a column that holds a date.
FOR_EVER = date(2099, 12, 31)
_Severity = PublicityRule.Severity


def due_on(decided_on):
    """The last day on which a decision must be public."""
    return calendar.add_working_days(decided_on, settings.CREDIT_PUBLISH_DAYS).day


def months_after(day, months):
    """The same day so many months later; the last of the month where there is none."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Periods:
    """Answers for any number of records with two queries."""

    def __init__(self):
        self._due = {}
        self._rules = list(PublicityRule.objects.order_by("starts"))
        self._kinds = {}
        for code in Code.objects.filter(list=Code.List.PENALTY_KIND).exclude(severity=""):
            self._kinds.setdefault(code.label, []).append(code)

    def severity_of(self, penalty):
        """The gravest of its kinds where nobody has said: the longest period applies."""
        if penalty.severity:
            return penalty.severity
        found = {
            self._severity(kind, penalty.decided_on) for kind in kinds_in(penalty.penalty_kinds)
        }
        ranks = (_Severity.SERIOUS, _Severity.ORDINARY, _Severity.LIGHT)
        return next((rank for rank in ranks if rank in found), _Severity.ORDINARY)

    def _severity(self, kind, day):
        """That of a kind as the list had it on the day of the decision; else as it ever had it."""
        codes = self._kinds.get(kind, ())
        then = [code for code in codes if code.is_in_force(day)]
        return (then or codes)[-1].severity if codes else _Severity.ORDINARY

    def rule_for(self, penalty):
        """The rule in force on the day it becomes (became) public; None if there is none."""
        day, severity = penalty.public_on or timezone.localdate(), self.severity_of(penalty)
        for rule in self._rules:
            if rule.severity == severity and rule.is_in_force(day):
                return rule
        return None

    def apply(self, record):
        """Set on the record by when it must be public and how long it is shown; unsaved."""
        if (day := record.decided_on) not in self._due:
            self._due[day] = due_on(day)
        record.due_on = self._due[day]
        if record.kind == "licence":
            record.shown_until = None if record.valid_to >= FOR_EVER else record.valid_to
            return record
        rule = self.rule_for(record)
        record.min_until = rule and months_after(record.decided_on, rule.min_months)
        record.max_until = rule and months_after(record.decided_on, rule.max_months)
        ends = [day for day in (record.publicity_until, record.max_until) if day]
        record.shown_until = min(ends, default=None)
        return record

    def is_shown(self, record):
        """Whether it is made public at all: a light penalty is not unless somebody says so."""
        if record.kind == "licence" or record.shown_anyway:
            return True
        rule = self.rule_for(record)
        return rule is None or rule.shown
