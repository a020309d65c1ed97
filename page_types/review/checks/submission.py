"""At submission: everything that is found, told together; what may be overridden, with a reason.

`check_submission` of the room asks `check()` of every submission, by whatever route it comes. What
the editor says with it (declaration, reasons) is handed over by `said()`, since Wagtail's own views
and tasks stand between.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from page_types.publication.seals import seen_of
from page_types.review.checks import secrecy
from page_types.review.checks.models import OverriddenCheck
from page_types.review.checks.registry import (
    Severity,
    check_of,
    checks,
    graded,
    one_run,
    problems_of,
)
from page_types.review.checks.severity import severities
from page_types.review.errors import ReviewRefused

OVERRIDDEN = "review.check_overridden"
LONGEST_REASON = 300


class ChecksFailed(ReviewRefused):
    """What keeps a text at its author's desk: `findings` has all of it, advice included."""

    def __init__(self, findings):
        self.findings = findings
        told = "；".join(str(problem.message) for problem in findings.standing)
        super().__init__(_("还不能送审：%(problems)s") % {"problems": told})


@dataclass
class Said:
    """What the editor says with a submission: what `secrecy.declare` takes, and reasons.

    `reasons` is check name -> reason; a string stands for every check. `findings` is the answer.
    """

    secrecy: dict | None = None
    reasons: dict | str = field(default_factory=dict)
    findings: object = None

    def reason(self, check):
        """The reason for leaving what the check found as it is, or ""."""
        given = self.reasons if isinstance(self.reasons, str) else self.reasons.get(check, "")
        return given.strip()[:LONGEST_REASON]


#: Fields of forms that hold reasons: this and the name of a check.
REASON = "reason-"


def reasons_in(post):
    """The reasons that a form sends: check name -> reason."""
    return {
        name.removeprefix(REASON): value for name, value in post.items() if name.startswith(REASON)
    }


_said = ContextVar("review_said_at_submission", default=None)


@contextmanager
def said(secrecy=None, reasons=None):
    """Whatever is submitted within it is submitted with this declaration and these reasons."""
    made = Said(secrecy, reasons or {})
    token = _said.set(made)
    try:
        yield made
    finally:
        _said.reset(token)


class Findings:
    """What the checks found in one text, sorted by what it means; `given`: reasons given before."""

    def __init__(self, text, page, reasons=None):
        self.text, self.page = text, page
        with one_run():
            problems = _at_submission(text, page) + problems_of(text, page)
        self.must = [p for p in problems if p.severity == Severity.MUST]
        self.should = [p for p in problems if p.severity == Severity.SHOULD]
        self.advice = [p for p in problems if p.severity == Severity.ADVICE]
        self.seen = seen_of(text)
        self.given = {
            row.check_name: row
            for row in OverriddenCheck.objects.filter(page_id=text.page_id, seen=self.seen)
        }
        self.reasons = {
            name: (reasons and reasons.reason(name)) or self._given_before(name)
            for name in {problem.check for problem in self.should}
        }

    def _given_before(self, name):
        before = self.given.get(name)
        return before.reason if before else ""

    def __bool__(self):
        return bool(self.must or self.should or self.advice)

    @property
    def unexplained(self):
        """Problems that should be mended and for which no reason is given."""
        return [problem for problem in self.should if not self.reasons[problem.check]]

    @property
    def standing(self):
        """What stands against submission."""
        return self.must + self.unexplained

    @property
    def only_to_say(self):
        """Whether nothing is to be mended in the text: a declaration or a reason is wanting."""
        return bool(self.standing) and not any(
            problem.anchor != secrecy.ANCHOR for problem in self.must
        )

    @property
    def by_check(self):
        """(check, problems, reason) of what should be mended, in the order of the checks."""
        return [
            (check_of(name), list(problems), self.reasons[name])
            for name, problems in groupby(self.should, lambda problem: problem.check)
        ]


def _at_submission(text, page):
    levels = severities(text)
    return [
        problem
        for check in checks()
        if check.at_submission
        for problem in graded(check, levels[check.name], text, page)
    ]


def check(text, page, user):
    """Refuse what may not leave its author's desk; record what leaves with a reason.

    Called within the transaction that starts or resumes the review.
    """
    told = _said.get() or Said()
    if told.secrecy and not page.is_column_text:
        secrecy.declare(page, user, **told.secrecy)
    findings = told.findings = Findings(text, page, told)
    if findings.standing:
        raise ChecksFailed(findings)
    for check_, problems, reason in findings.by_check:
        _record(check_, problems, reason, findings, user)


def _record(check_, problems, reason, findings, user):
    before = findings.given.get(check_.name)
    messages = [str(problem.message) for problem in problems]
    if before and (before.reason, before.messages) == (reason, messages):
        return
    OverriddenCheck.objects.update_or_create(
        page_id=findings.text.page_id,
        seen=findings.seen,
        check_name=check_.name,
        defaults={
            "label": str(check_.label),
            "messages": messages,
            "reason": reason,
            "by": user,
        },
    )
    log(
        instance=findings.page,
        action=OVERRIDDEN,
        user=user,
        data={
            "check": check_.name,
            "label": str(check_.label),
            "problems": messages,
            "reason": reason,
            "seen": findings.seen,
        },
    )
