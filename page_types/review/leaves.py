"""The words of a text piece by piece: where each stands, so that a remark can name it and a
suggestion can change it.
"""

import re
from dataclasses import dataclass, field
from html import escape, unescape

from django.apps import apps
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import RichTextBlock
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import RichTextField, StreamField

from page_types.comparison import field_of, fields_in_order, label_of

#: Fields that say nothing to readers.
LEFT_OUT = {"slug"}
_TAGS = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True)
class Leaf:
    """One value of words: `path` leads to it through the data of the text.

    `holder` is the model's field or the block, which knows what values it takes.
    """

    path: tuple
    value: str
    holder: object = field(repr=False)
    label: str = ""

    @property
    def anchor(self):
        """The field, or the block in its field: what a remark names."""
        return "/".join(self.path[:2])

    @property
    def is_rich(self):
        """Whether the value is HTML."""
        return isinstance(self.holder, RichTextBlock | RichTextField)

    @property
    def nodes(self):
        """The pieces of plain words that no markup divides."""
        return [unescape(part) for part in split(self.value)[::2]] if self.is_rich else [self.value]

    def replaced(self, old, new):
        """The value with `old`, which stands in one node, replaced by `new`; markup untouched."""
        if not self.is_rich:
            return self.value.replace(old, new, 1)
        parts = split(self.value)
        for place in range(0, len(parts), 2):
            if old in (words := unescape(parts[place])):
                parts[place] = escape(words.replace(old, new, 1), quote=False)
                break
        return "".join(parts)


def split(html):
    """HTML as words and tags in turn, beginning and ending with (perhaps empty) words."""
    return _TAGS.split(html)


@dataclass
class Place:
    """A field or block that has words, as a reviewer chooses it."""

    anchor: str
    label: str
    leaves: list


def leaves_of(text):
    """Every Leaf of a PageText, in the order of its fields."""
    model, data = apps.get_model(text.type), text.data
    for name in fields_in_order(model, data):
        if name not in LEFT_OUT:
            yield from _of_field(model, name, data[name])


def places_of(text):
    """The Places of a PageText that say something, in their order."""
    found = {}
    for leaf in leaves_of(text):
        place = found.setdefault(leaf.anchor, Place(leaf.anchor, leaf.label, []))
        place.leaves.append(leaf)
    for place in found.values():
        if len(place.leaves[0].path) > 1:  # a block is told by its number and how it begins
            said = " ".join(" ".join(place.leaves[0].nodes).split())
            place.label += f"：{Truncator(said).chars(16)}"
    return list(found.values())


def put(data, path, value):
    """Set the value at a leaf's path within the data of a text."""
    for key in path[:-1]:
        data = _step(data, key)
    data[_index(data, path[-1])] = value


def _step(data, key):
    return data[_index(data, key)]


def _index(data, key):
    """The key in a dict; in a list the place of the block of that id, or a number."""
    if not isinstance(data, list):
        return key
    for place, item in enumerate(data):
        if isinstance(item, dict) and item.get("id") == key:
            return place
    return int(key)


def _of_field(model, name, value):
    field = field_of(model, name)
    label = label_of(model, name)
    if isinstance(field, StreamField):
        for number, child in enumerate(value or [], 1):
            block = field.stream_block.child_blocks[child["type"]]
            said = _("%(field)s第%(number)d块（%(kind)s）") % {
                "field": label, "number": number, "kind": block.label,
            }  # fmt: skip
            path = (name, child.get("id") or str(number - 1))
            yield from _of_block(block, child["value"], (*path, "value"), said)
    elif getattr(field, "one_to_many", False):
        for number, row in enumerate(value or []):
            yield from _of_row(field.related_model, row, (name, str(number)), label)
    elif value and _holds_words(field):
        yield Leaf((name,), value, field, label)


def _of_row(model, row, path, label):
    for name, value in row.items():
        field = model._meta.get_field(name)
        if value and _holds_words(field):
            yield Leaf((*path, name), value, field, f"{label} {int(path[-1]) + 1}")


def _holds_words(field):
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def _of_block(block, value, path, label):
    """Leaves of a block's stored value; pictures, files and choices are no words."""
    if value in (None, "") or isinstance(block, blocks.ChoiceBlock | blocks.ChooserBlock):
        return
    if isinstance(block, blocks.StreamBlock):
        for number, child in enumerate(value):
            inner = block.child_blocks[child["type"]]
            here = (*path, child.get("id") or str(number), "value")
            yield from _of_block(inner, child["value"], here, label)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), (*path, name), label)
    elif isinstance(block, blocks.ListBlock):
        for number, item in enumerate(value):
            named = isinstance(item, dict) and "value" in item
            here = (
                (*path, item.get("id") or str(number), "value") if named else (*path, str(number))
            )
            yield from _of_block(block.child_block, item["value"] if named else item, here, label)
    elif isinstance(block, TableBlock):
        yield from _of_table(block, value, path, label)
    elif isinstance(value, str):
        yield Leaf(path, value, block, label)


def _of_table(block, value, path, label):
    if caption := value.get("table_caption"):
        yield Leaf((*path, "table_caption"), caption, block, label)
    for number, row in enumerate(value.get("data") or []):
        for place, cell in enumerate(row):
            if cell:
                yield Leaf((*path, "data", str(number), str(place)), str(cell), block, label)
