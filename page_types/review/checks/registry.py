"""The registry of checks. Every room and every extension may add its own.

    @register(name="tables", label=_("表格"), severity=Severity.SHOULD)
    def tables_have_headers(text, page):
        yield Problem("body", _("表格没有表头"), mend=_("请选择哪一行是表头"), anchor=anchor)

`text` is what is submitted (`PageText`), `page` its page row.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """What a failing check means for the submission."""

    MUST = "must", _("必须改正")
    SHOULD = "should", _("应当改正")
    ADVICE = "advice", _("提示")
    OFF = "off", _("不检查")


@dataclass(frozen=True)
class Problem:
    """What is wrong with which field, as a sentence for the editor, and how to mend it.

    `blocking=False` says that this one is never more than advice. `anchor` is the element of the
    editor that holds it; without one it is the field's panel. `severity` and `check` are filled by
    `problems_of`, after which `blocking` tells whether the text may not leave.
    """

    field: str
    message: str
    blocking: bool = True
    mend: str = ""
    anchor: str = ""
    severity: str = ""
    check: str = ""


@dataclass(frozen=True)
class Check:
    """A registered check: `run(text, page)` yields Problems; `severity` is what it means unless
    the office has decided otherwise. One that is not `adjustable` guards what no page can do
    without, or what the law asks.
    """

    name: str
    label: str
    severity: str
    run: Callable
    adjustable: bool = True
    help: str = ""
    #: Not of the text alone: asked at submission only, never by `problems_of`.
    at_submission: bool = False


_checks = {}
#: What one run of the checks has found out about its text: (function, digest) -> answer.
_run = ContextVar("review_checks_run", default=None)


def register(check=None, *, name="", label="", severity=Severity.MUST, **more):
    """Run `check` at every submission from now on; a decorator, with or without arguments.

    A second registration of the same name replaces the first.
    """
    if check is None:
        return lambda each: register(each, name=name, label=label, severity=severity, **more)
    made = Check(name or check.__name__, label or name or check.__name__, severity, check, **more)
    _checks[made.name] = made
    return check


def checks():
    """All registered checks, in the order of registration."""
    return list(_checks.values())


def check_of(name):
    """The check of that name, or None (its extension is switched off)."""
    return _checks.get(name)


def once_a_run(function):
    """What several checks ask of the same text is worked out once in a run."""

    @wraps(function)
    def asked(text, *args):
        known = _run.get()
        if known is None:
            return function(text, *args)
        key = (function, text.digest, args)
        if key not in known:
            known[key] = function(text, *args)
        return known[key]

    return asked


@contextmanager
def one_run():
    """Within it `once_a_run` remembers."""
    token = _run.set(_run.get() or {})
    try:
        yield
    finally:
        _run.reset(token)


def problems_of(text, page):
    """All problems that the checks of texts find, with what each means in the page's column."""
    from page_types.review.checks.severity import severities

    levels = severities(text)
    with one_run():
        return [
            problem
            for check in checks()
            if not check.at_submission
            for problem in graded(check, levels[check.name], text, page)
        ]


def graded(check, level, text, page):
    """What one check finds, marked with the check and with its severity `level`."""
    if level == Severity.OFF:
        return
    for problem in check.run(text, page):
        own = level if problem.blocking else Severity.ADVICE
        yield replace(problem, severity=str(own), blocking=own == Severity.MUST, check=check.name)
