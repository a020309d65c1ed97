"""Whether one text is another with a few words put right, told from the texts alone.

What may differ are words of paragraphs and headings; whatever is doubtful is no correction, since
the ordinary chain is always open.
"""

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import RichTextBlock
from wagtail.fields import RichTextField, StreamField

from page_types.comparison import field_of, fields_in_order, label_of
from page_types.publication.schemas import upgrade
from page_types.review.correction import touching
from page_types.review.leaves import split

#: Characters of a passage in which differences are looked for; longer ones are no small change.
LONGEST = 2_000
_INLINE = re.compile(r"</?(a|b|i|em|strong|sup|sub)\b", re.IGNORECASE)
_KEY = re.compile(r'\s*data-block-key="[^"]*"')


class NotSmall(Exception):
    """Something else than words differs; the argument is a sentence for the editor."""


@dataclass(frozen=True)
class Edit:
    """Words that were replaced: `start:end` of `old` by `begin:stop` of `new`, in their context."""

    old: str
    new: str
    start: int
    end: int
    begin: int
    stop: int

    @property
    def taken(self):
        return self.old[self.start : self.end]

    @property
    def added(self):
        return self.new[self.begin : self.stop]

    @property
    def size(self):
        """Characters changed."""
        return max(self.end - self.start, self.stop - self.begin)


def why_not_correction(old, new, names=()):
    """Reasons (sentences) why `new` is no mere correction of `old`; none if it is.

    Both are Texts or PageTexts; `names` are those of persons, departments and organisations.
    """
    if old.type != new.type:
        return [_("页面类型不同。")]
    model = apps.get_model(new.type)
    edits, reasons = [], []
    before, after = (upgrade(model, each.schema, _data(each)) for each in (old, new))
    for name in fields_in_order(model, {**before, **after}):
        if before.get(name) == after.get(name):
            continue
        try:
            edits += _of_field(model, name, before.get(name), after.get(name))
        except NotSmall as why:
            reasons.append(str(why))
    size, most = sum(edit.size for edit in edits), settings.PORTAL_CORRECTION_CHARACTERS
    if size > most:
        reasons.append(
            _("改动了 %(size)d 个字，更正不超过 %(most)d 个字。") % {"size": size, "most": most}
        )
    for edit in edits:
        reasons += touching.why_not(edit, names)
    return list(dict.fromkeys(reasons))


def _data(text):
    return json.loads(text.content)


def _of_field(model, name, old, new):
    field, label = field_of(model, name), label_of(model, name)
    if isinstance(field, StreamField):
        yield from _of_stream(field.stream_block, old or [], new or [], label)
    elif isinstance(field, RichTextField):
        yield from _of_rich_text(old or "", new or "", label)
    else:
        raise NotSmall(_("“%(label)s”有改动，更正只限于正文的文字。") % {"label": label})


def _of_stream(block, old, new, label):
    if [child["type"] for child in old] != [child["type"] for child in new]:
        raise NotSmall(_("“%(label)s”增减或调整了内容块。") % {"label": label})
    for before, after in zip(old, new, strict=True):
        if before["value"] == after["value"]:
            continue
        child = block.child_blocks[before["type"]]
        if isinstance(child, RichTextBlock):
            yield from _of_rich_text(before["value"], after["value"], label)
        elif type(child) in (blocks.CharBlock, blocks.TextBlock):
            yield from _edits(before["value"], after["value"])
        else:
            raise NotSmall(
                _("“%(label)s”中的“%(kind)s”有改动，更正只限于段落和小标题的文字。")
                % {"label": label, "kind": child.label}
            )


def _of_rich_text(old, new, label):
    """Edits of words between the same tags: links, files and form stay as they are."""
    before, after = split(old), split(new)
    if [_plain(tag) for tag in before[1::2]] != [_plain(tag) for tag in after[1::2]]:
        raise NotSmall(_("“%(label)s”的段落、格式、链接或文件有改动。") % {"label": label})
    (said, here), (says, there) = _words(before), _words(after)
    for place, other in zip(here, there, strict=True):
        if said[slice(*place)] != says[slice(*other)]:
            yield from _edits(said, says, place, other)


def _plain(tag):
    """A tag without what the editor adds to it for itself."""
    return _KEY.sub("", tag).replace(" />", ">").replace("/>", ">")


def _words(parts):
    """The plain words of split HTML in one line a paragraph, and (start, end) of each piece."""
    said, pieces = "", []
    for place, part in enumerate(parts):
        if place % 2:
            said += "" if _INLINE.match(part) else "\n"
        else:
            words = unescape(part)
            pieces.append((len(said), len(said) + len(words)))
            said += words
    return said, pieces


def _edits(old, new, here=None, there=None):
    """What was replaced, taken out and put in, between the common beginning and end of two pieces.

    The pieces are the whole words unless `here` and `there` say (start, end).
    """
    (a, z), (b, y) = here or (0, len(old)), there or (0, len(new))
    start = _common(old[a:z], new[b:y])
    a, b = a + start, b + start
    tail = _common(old[a:z][::-1], new[b:y][::-1])
    middle, other = old[a : z - tail], new[b : y - tail]
    if max(len(middle), len(other)) > LONGEST:
        yield Edit(old, new, a, z - tail, b, y - tail)
        return
    matcher = SequenceMatcher(None, middle, other, autojunk=False)
    for tag, *(i, j, k, m) in matcher.get_opcodes():
        if tag != "equal":
            yield Edit(old, new, a + i, a + j, b + k, b + m)


def _common(one, other):
    """How many characters the two begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
