"""Hints for readers' sake: advice only, whoever decides on severities."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.review.checks.anchors import block_anchor
from page_types.review.checks.registry import Problem, Severity, register
from page_types.review.checks.words import own_pieces_of

#: Characters of a sentence beyond which it is hard to follow.
LONG = 120
#: Findings of each sort that are told; the rest is the same again.
TOLD = 5
_SENTENCE = re.compile(r"[^。！？；!?\n\u2028]+")
#: Days that only the day of writing tells, unless a date stands beside them.
_UNDATED = re.compile(
    r"(今天|昨天|明天|今日|昨日|明日|近日|日前|前不久|本周|上周|下周|本月|上月)(?!（?\(?\d)"
)


@register(
    name="readability", label=gettext_lazy("易读"), severity=Severity.ADVICE, adjustable=False,
    help=gettext_lazy("长句，和不写日期的“今天”“近日”"),
)  # fmt: skip
def easy_to_read(text, page):
    """Long sentences, and days without a date: later readers cannot tell which day it was."""
    long, undated = [], {}
    for piece in own_pieces_of(text):
        for sentence in _SENTENCE.findall(piece.words):
            words = "".join(sentence.split())
            if len(words) > LONG:
                long.append((piece, words))
        for found in _UNDATED.finditer(piece.words):
            undated.setdefault(found.group(1), piece)
    for piece, words in long[:TOLD]:
        yield Problem(
            piece.field,
            _("有一句长达 %(length)d 字：%(words)s……")
            % {"length": len(words), "words": words[:20]},
            blocking=False,
            mend=_("请分成几句。"),
            anchor=block_anchor(piece.block),
        )
    for word, piece in list(undated.items())[:TOLD]:
        yield Problem(
            piece.field,
            _("“%(word)s”没有写明日期") % {"word": word},
            blocking=False,
            mend=_("请写几月几日，读者以后也能看懂。"),
            anchor=block_anchor(piece.block),
        )
