"""What a draft changes of the public text, field by field, in plain words."""

import html
import json
import re
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from page_types.publication.models import Entry

_END_OF_BLOCK = re.compile(r"</(p|h\d|li|ul|ol|tr)>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """A field that differs: its label, the public words and the new ones."""

    label: str
    old: str
    new: str


def changes_of(text):
    """The changes against the public text; None while the page is not public."""
    entry = Entry.objects.select_related("text").filter(pk=text.page_id).first()
    if entry is None:
        return None
    model = apps.get_model(text.type)
    old, new = json.loads(entry.text.content), text.data
    return [
        Change(_label(model, name), _plain(model, name, old), _plain(model, name, new))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def _label(model, name):
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    related = field.related_model._meta.verbose_name_plural if field.is_relation else ""
    return str(getattr(field, "verbose_name", related))


def _plain(model, name, data):
    value = data.get(name)
    try:
        choices = model._meta.get_field(name).flatchoices
    except (FieldDoesNotExist, AttributeError):
        choices = []
    labels = [str(label) for choice, label in choices if choice == value]
    return labels[0] if labels else words(value)


def words(value):
    """Any JSON value as lines of plain text; the ids of blocks are left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        value = [item for name, item in value.items() if name not in ("id", "type")]
    if isinstance(value, list):
        return "\n".join(filter(None, map(words, value)))
    text = _END_OF_BLOCK.sub("\n", str(value))
    return html.unescape(strip_tags(text)).strip()
