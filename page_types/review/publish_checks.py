"""Checks that run before a text goes out. Every room may register its own.

A check is a function `(text: PageText, page) -> iterable of Problem`; `page` is the page row, the
text is what is submitted. Blocking problems stop the submission, all of them told at once.
"""

from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """What is wrong with which field, as a sentence for the editor."""

    field: str
    message: str
    blocking: bool = True


_checks = []


def register(check):
    """Run `check` at every submission from now on; usable as a decorator."""
    if check not in _checks:
        _checks.append(check)
    return check


def problems_of(text, page):
    """All problems that the registered checks find in the text."""
    return [problem for check in _checks for problem in check(text, page)]


def _blocks(value):
    """Every block of a stream's raw value, those inside other blocks included."""
    if isinstance(value, list):
        for item in value:
            yield from _blocks(item)
    elif isinstance(value, dict):
        if "type" in value and "value" in value:
            yield value
        for item in value.values():
            yield from _blocks(item)


@register
def something_to_read(text, page):
    """Articles and documents say something; the text of a column may be empty."""
    if page.is_column_text:
        return
    body = text.data.get("body") or []
    if not any(_says_something(block) for block in body):
        yield Problem("body", _("正文是空的"))


def _says_something(block):
    value = block["value"]
    return bool(strip_tags(value).strip()) if isinstance(value, str) else bool(value)


@register
def figures_have_alternative_text(text, page):
    """A picture without alternative text says nothing to those who cannot see it."""
    for number, block in enumerate(
        (b for b in _blocks(text.data.get("body")) if b["type"] == "figure"), 1
    ):
        if not (block["value"].get("alternative_text") or "").strip():
            yield Problem("body", _("第 %(number)s 张图片没有替代文字") % {"number": number})
