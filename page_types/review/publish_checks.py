"""Checks that run before a text goes out. Every room may register its own.

A check is a function `(text: PageText, page) -> iterable of Problem`; `page` is the page row, the
text is what is submitted. Blocking problems stop the submission, all of them told at once.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from page_types.publication.texts import rebuild


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


def _pictures(value):
    """The value of every block with a picture, in any stream of a text, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from _pictures(item)
    elif isinstance(value, dict):
        if "image" in value and "alternative_text" in value:
            yield value
        for item in value.values():
            yield from _pictures(item)


@register
def something_to_read(text, page):
    """Articles and documents say something; the text of a column may be empty."""
    if page.is_column_text:
        return
    if not any(_says_something(text.data.get(field)) for field in page.speaking_fields):
        field = page.speaking_fields[0]
        name = page._meta.get_field(field).verbose_name
        yield Problem(field, _("%(name)s是空的") % {"name": name})


def _says_something(value):
    if isinstance(value, list):
        return any(_says_something(block.get("value", block)) for block in value)
    return bool(strip_tags(value).strip()) if isinstance(value, str) else bool(value)


@register
def figures_have_alternative_text(text, page):
    """A picture without alternative text says nothing to those who cannot see it."""
    for number, block in enumerate((b for b in _pictures(list(text.data.values()))), 1):
        if not (block.get("alternative_text") or "").strip():
            yield Problem("body", _("第 %(number)s 张图片没有替代文字") % {"number": number})


@register
def the_types_own_rules(text, page):
    """Rules between fields that a draft may break (`PortalPage.check_text`)."""
    try:
        rebuild(text).check_text()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            yield from (Problem(field, message.rstrip("。")) for message in messages)


@register
def service_guides_are_whole(text, page):
    """What the inspections count as key elements of a guide; lacking one is said, not forbidden."""
    for field, name in getattr(rebuild(text), "missing_elements", list)():
        yield Problem(field, _("办事指南缺少“%(name)s”") % {"name": name}, blocking=False)
