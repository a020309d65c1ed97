"""The words of a text, piece by piece: every field, block, table cell, caption and row below it.

Other rooms add pieces of their own (what an attachment says) with `source`.
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import RichTextField, StreamField

from page_types.publication.texts import rebuild
from page_types.review.checks.registry import once_a_run

_TOKEN = re.compile(r"<[^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|[\s\S]")
_ENDS_A_LINE = re.compile(r"<(?:/(?:p|h\d|li|ul|ol|tr|td|th|div|blockquote)|br|hr)\b", re.I)
#: A line broken within a paragraph (U+2028).
BREAK = "\u2028"
#: Fields whose value is no word for readers.
_NO_WORDS = (models.SlugField, models.URLField, models.EmailField, models.UUIDField)


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and where they stand.

    `source` is the stored value, `path` the keys that lead to it in the text's data (empty for what
    a source added: it cannot be changed there). `context` is what labels the words beside
    themselves: the heads of a table's column and row.
    """

    field: str
    source: str
    path: tuple = ()
    label: str = ""
    block: str = ""
    html: bool = False
    context: str = ""

    @cached_property
    def _read(self):
        if not self.html:
            return self.source, [(at, at + 1) for at in range(len(self.source))]
        characters, places = [], []
        for token in _TOKEN.finditer(self.source):
            found = token.group()
            if found.startswith("<") and len(found) > 1:
                if _ENDS_A_LINE.match(found):
                    # A break within a paragraph parts no word; its end does.
                    characters.append(BREAK if found.startswith("<br") else "\n")
                    places.append((token.start(), token.start()))
                continue
            for character in unescape(found) if found.startswith("&") else found:
                characters.append(character)
                places.append(token.span())
        return "".join(characters), places

    @property
    def words(self):
        """As a reader sees them, lines apart."""
        return self._read[0]

    def replaced(self, changes):
        """The source with single characters replaced: `changes` is place in `words` -> character.

        Tags stay as they are.
        """
        places, source = self._read[1], self.source
        for at in sorted(changes, reverse=True):
            start, end = places[at]
            source = source[:start] + changes[at] + source[end:]
        return source


_sources = []


def source(function):
    """`function(text)` yields Pieces beside the text's own; usable as a decorator."""
    if function not in _sources:
        _sources.append(function)
    return function


@once_a_run
def pieces_of(text):
    """All pieces of a text, those of other sources last."""
    return own_pieces_of(text) + [piece for each in _sources for piece in each(text)]


@once_a_run
def own_pieces_of(text):
    """The pieces that stand in the text itself. Takes a stored `Text` as well."""
    model = apps.get_model(text.type)
    return list(_of_row(model, json.loads(text.content), (), ""))


def words_of(text):
    """All words of a text, a piece a line."""
    return "\n".join(piece.words.replace(BREAK, "\n") for piece in pieces_of(text))


@once_a_run
def page_of(text):
    """The text as a page object (`rebuild`), once for all checks of a run."""
    return rebuild(text)


def label_of(model, name):
    """What a field is called in the editor."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(field, "verbose_name", name))


def _of_row(model, data, path, top):
    for name, value in data.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        where = top or name
        if isinstance(field, StreamField):
            value = json.loads(value or "[]") if isinstance(value, str) else value or []
            yield from _of_stream(
                field.stream_block, value, (*path, name), where, str(field.verbose_name)
            )
        elif isinstance(value, str) and _speaks(field):
            yield Piece(
                where, value, (*path, name), str(field.verbose_name), "",
                isinstance(field, RichTextField),
            )  # fmt: skip
        elif field.one_to_many and isinstance(value, list):
            for number, row in enumerate(value):
                yield from _of_row(field.related_model, row, (*path, name, number), where)


def _speaks(field):
    """Whether the value of a field is words: no choices, addresses, dates or numbers of rows."""
    return (
        isinstance(field, (models.CharField, models.TextField))
        and not isinstance(field, _NO_WORDS)
        and not field.choices
    )


def _of_stream(stream, value, path, field, label):
    for number, item in enumerate(value):
        block = stream.child_blocks.get(item.get("type"))
        if block is not None:
            yield from _of_block(
                block, item.get("value"), (*path, number, "value"), field,
                f"{label} › {block.label}", item.get("id") or "",
            )  # fmt: skip


def _of_block(block, value, path, field, label, number):
    if isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        yield from _of_stream(block, value, path, field, label)
    elif isinstance(block, blocks.ListBlock) and isinstance(value, list):
        for place, item in enumerate(value):
            stored = isinstance(item, dict) and item.get("type") == "item" and "value" in item
            below = (*path, place, "value") if stored else (*path, place)
            own = item.get("id", "") if stored else ""
            yield from _of_block(
                block.child_block, item["value"] if stored else item, below, field, label,
                own or number,
            )  # fmt: skip
    elif isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        for name, child in block.child_blocks.items():
            yield from _of_block(
                child, value.get(name), (*path, name), field, f"{label} › {child.label}", number
            )
    elif isinstance(block, TableBlock) and isinstance(value, dict):
        yield from _of_table(value, path, field, label, number)
    elif isinstance(value, str) and isinstance(
        block, (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
    ):
        yield Piece(field, value, path, label, number, isinstance(block, blocks.RichTextBlock))


def _of_table(value, path, field, label, number):
    if value.get("table_caption"):
        yield Piece(field, value["table_caption"], (*path, "table_caption"), label, number)
    rows = value.get("data") or []
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if not isinstance(cell, str) or not cell:
                continue
            heads = [rows[0][column] if row and column < len(rows[0]) else "",
                     cells[0] if column else ""]  # fmt: skip
            yield Piece(
                field, cell, (*path, "data", row, column), label, number,
                context=" ".join(str(head) for head in heads if head),
            )  # fmt: skip
