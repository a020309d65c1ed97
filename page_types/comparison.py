"""What differs between two public texts, in words: field by field, changed words marked.

Numbers of pictures, files and rows are no words; pages pointed at are named by their public titles.
The work is bounded, since visitors may ask for any two versions: what is too long to be compared
word by word is shown as a whole paragraph taken out and put in.
"""

import html
import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.blocks.field_block import RichTextBlock
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from page_types.publication.models import Column, Entry
from page_types.publication.schemas import upgrade
from page_types.publication.snapshot import snapshot

#: Fields that visitors do not read as text.
SILENT = {"slug", "seo_title", "search_description"}
#: Characters of one paragraph times those of the other: about a tenth of a second of work.
LONGEST = 400_000
#: The same for a whole comparison.
BUDGET = 4_000_000
_PARTS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_END_OF_BLOCK = re.compile(r"</(p|h\d|li|ul|ol|tr)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)

SAME, ADDED, TAKEN = "same", "added", "taken"


@dataclass(frozen=True)
class Passage:
    """A paragraph of (mark, words) pairs, or `skipped` paragraphs that are the same in both."""

    pieces: tuple = ()
    skipped: int = 0


@dataclass(frozen=True)
class FieldChange:
    """A field that differs."""

    label: str
    passages: list


def compare(old, new, silent=SILENT):
    """The FieldChanges from one Text or PageText to another; two queries, whatever is in them.

    `silent` are the fields that are left out: a reviewer seals those too that visitors do not read.
    """
    model = apps.get_model(new.type)
    before, after = (_data(model, text) for text in (old, new))
    titles = _titles(model, before, after)
    left, found = [BUDGET], []
    for name in fields_in_order(model, {**before, **after}):
        if name in silent or before.get(name) == after.get(name):
            continue
        lines = [_lines(model, name, data.get(name), titles) for data in (before, after)]
        if lines[0] != lines[1]:
            found.append(FieldChange(label_of(model, name), _passages(*lines, left)))
    return found


def _data(model, text):
    return upgrade(model, text.schema, json.loads(text.content))


def fields_in_order(model, names):
    """Names in the order in which the model has its fields; child rows after them."""
    known = [field.name for field in model._meta.get_fields()]
    known += [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    return [name for name in dict.fromkeys(known) if name in names]


def field_of(model, name):
    """A field, or the relation of child rows, by the name a text has for it."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return next(r for r in get_all_child_relations(model) if r.get_accessor_name() == name)


def label_of(model, name):
    """What editors call a field of a text."""
    field = field_of(model, name)
    return str(getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name)


def _points_at_page(field):
    return field.is_relation and field.many_to_one and issubclass(field.related_model, Page)


def _titles(model, *texts):
    """page id -> public title, of every page that a field or child row names."""
    wanted = set()
    relations = {r.get_accessor_name(): r.related_model for r in get_all_child_relations(model)}
    for data in texts:
        for name, value in data.items():
            if name in relations:
                fields = relations[name]._meta.get_fields()
                keys = [f.name for f in fields if _points_at_page(f)]
                wanted |= {row.get(key) for row in value or [] for key in keys}
            elif name not in SILENT and _points_at_page(field_of(model, name)):
                wanted.add(value)
    return dict(Entry.objects.filter(pk__in=wanted - {None}).values_list("pk", "title"))


def _lines(model, name, value, titles):
    """The words of a field as paragraphs."""
    field = field_of(model, name)
    if value in (None, "", []):
        return []
    if isinstance(field, StreamField):
        return list(_of_block(field.stream_block, value))
    if isinstance(field, RichTextField):
        return _paragraphs(value)
    if field.one_to_many:
        return [_row(field.related_model, row, titles) for row in value]
    if field.many_to_many:
        return _columns(field, value)
    return _paragraphs(_words(field, value, titles))


def _words(field, value, titles):
    """One plain value, as a visitor would read it."""
    if value in (None, ""):
        return ""
    if _points_at_page(field):
        return titles.get(value, _("（不公开的页面）"))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return dict(getattr(field, "flatchoices", None) or {}).get(value, str(value))


def _row(model, row, titles):
    """A child row in one line: what it says in its own fields."""
    fields = [f for f in model._meta.get_fields() if f.name in row and f.name != "sort_order"]
    shown = [str(_words(field, row[field.name], titles)) for field in fields]
    return "：".join(filter(None, shown))


def _columns(field, keys):
    if field.related_model is not Column:
        return []
    nodes = snapshot().by_id
    return [nodes[key].title for key in keys if key in nodes]


def _of_block(block, value):
    """Paragraphs of a block's stored value; choices of looks, pictures and files are no words."""
    if value in (None, "") or isinstance(block, blocks.ChoiceBlock | blocks.ChooserBlock):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from _of_block(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            inner = item["value"] if isinstance(item, dict) and "value" in item else item
            yield from _of_block(block.child_block, inner)
    elif isinstance(block, TableBlock):
        yield from _paragraphs(value.get("table_caption") or "")
        for row in value.get("data") or []:
            yield " | ".join(str(cell or "") for cell in row)
    elif isinstance(block, RichTextBlock):
        yield from _paragraphs(value)
    else:
        yield from str(value).splitlines()


def _paragraphs(text):
    """Lines of plain words of HTML or plain text; empty ones left out."""
    plain = html.unescape(strip_tags(_END_OF_BLOCK.sub("\n", str(text))))
    return [line.strip() for line in plain.splitlines() if line.strip()]


def _passages(old, new, left):
    found = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Passage(skipped=b - a))
            continue
        before, after = old[a:b], new[c:d]
        both = min(len(before), len(after))
        pairs = list(zip(before, after, strict=False))
        found += [Passage(_marked(one, other, left)) for one, other in pairs]
        found += [Passage(((TAKEN, line),)) for line in before[both:]]
        found += [Passage(((ADDED, line),)) for line in after[both:]]
    return found


def _marked(old, new, left):
    """(mark, words) of one paragraph that changed."""
    cost = len(old) * len(new)
    if cost > min(LONGEST, left[0]):
        return ((TAKEN, old), (ADDED, new))
    left[0] -= cost
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.3:  # another sentence: letters in common mean nothing
        return ((TAKEN, old), (ADDED, new))
    pieces = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            _add(pieces, SAME, before[a:b])
        else:
            _add(pieces, TAKEN, before[a:b])
            _add(pieces, ADDED, after[c:d])
    return tuple(pieces)


def _add(pieces, mark, parts):
    if parts:
        pieces.append((mark, "".join(parts)))
