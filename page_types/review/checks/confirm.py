"""需核对的词语: the office's dictionary, found however a word is written."""

import unicodedata
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.review.checks.anchors import block_anchor
from page_types.review.checks.models import ConfirmWord
from page_types.review.checks.registry import Problem, Severity, register
from page_types.review.checks.words import pieces_of

#: Marks that are put between the characters of a word; a sentence's own end is none of them.
_BETWEEN = set("·•・‧.-_*~|/\\＊")
#: Variant forms that opencc leaves: what older books and other regions write.
_VARIANTS = str.maketrans("裏羣衆峯綫麽喫牀爲強啓囘靑眞國", "里群众峰线么吃床为强启回青真国")


@cache
def _converter():
    # Loading takes some milliseconds: once a process.
    from opencc import OpenCC

    return OpenCC("t2s")


def folded(words):
    """Words as they are compared: narrow, simplified, without spaces and invisible characters.

    Paragraphs stay apart: the end of one and the beginning of the next make no word.
    """
    simple = _converter().convert(unicodedata.normalize("NFKC", words)).translate(_VARIANTS)
    return "".join(filter(_counts, simple.casefold()))


def _counts(character):
    if character == "\n":
        return True
    hidden = unicodedata.category(character) in ("Cf", "Mn", "Me", "Cc")
    return not (hidden or character.isspace() or character in _BETWEEN)


def found_in(text, words):
    """(ConfirmWord, piece) of each word's first place in the text."""
    if not words:
        return
    pieces = [(folded(piece.words), piece) for piece in pieces_of(text)]
    whole = "\n".join(form for form, _piece in pieces)
    for word in words:
        form = folded(word.word)
        if form and form in whole:
            yield word, next(piece for other, piece in pieces if form in other)


@register(
    name="confirm_words", label=gettext_lazy("需核对的词语"), severity=Severity.SHOULD,
    help=gettext_lazy("办公室维护的词语表：职务、地名、规范用语"),
)  # fmt: skip
def words_to_confirm(text, page):
    """Titles, names of regions, outdated terms: somebody has looked at each."""
    for word, piece in found_in(text, list(ConfirmWord.objects.filter(active=True))):
        how = _("建议写作“%(better)s”。") % {"better": word.suggestion} if word.suggestion else ""
        yield Problem(
            piece.field,
            _("%(where)s：“%(word)s”请核对") % {"where": piece.label, "word": word.word},
            mend=how + word.note or _("核对无误的，送审时说明。"),
            anchor=block_anchor(piece.block),
        )
