"""您是不是要找: a wrong character with the right sound, put right by the words of public titles.

Only offered, never taken silently, and only when the query as typed finds nothing as it stands, or
nothing in a title while one of its words is no word at all. (Without that condition correct
queries are spoilt: 财物 -> 财务, findings.)
"""

from search.analysis import fold_with_offsets
from search.analysis.tokens import is_cjk, runs_of
from search.backends.base import TITLE
from search.query import parse
from search.ranking.matching import Matcher
from search.title_words import LONGEST, sound_of, words_of_titles
from search.words import words_of

#: Characters that may be wrong in a word.
WRONG = 2
#: Corrections that are looked for in the index.
TRIED = 12


def correct(query, ranked, engine, scope, vocabulary):
    """The query as it was probably meant, or an empty text.

    `ranked` is what the query as typed has found (`search.ranking.Ranked`).
    """
    matcher = Matcher(query, vocabulary)
    free = [part for part in matcher.free if part.field in (None, TITLE)]
    if not free or query.pasted or not _doubtful(ranked, free, vocabulary):
        return ""
    known = words_of_titles()
    tried = sorted(
        ((*rating, part.text, better) for part in free for better, rating in _better(part, known)),
        reverse=True,
    )
    texts = [_replaced(query.raw, old, new) for *_rating, old, new in tried[:TRIED]]
    # Better one that a title holds than one that some text holds.
    for field in (TITLE, None):
        for text in filter(None, texts):
            if _finds(text, field, engine, scope, vocabulary):
                return text
    return ""


def _doubtful(ranked, free, vocabulary):
    """Whether the query as typed found nothing, or only by chance."""
    if not ranked.order or ranked.relaxed:
        return True
    if any("in_title" in why for _document, _points, why in ranked.order):
        return False
    return any(_no_word(part.text, vocabulary) for part in free)


def _no_word(text, vocabulary):
    """Whether the dictionary cuts a text into pieces that are no words."""
    words = words_of(text, vocabulary)
    return len(text) > 1 and any(len(word) == 1 and is_cjk(word) for word in words)


def _better(part, known):
    """(text, rating) for each way to put a part right: few changes, long words, frequent ones."""
    text = part.text
    if not all(map(is_cjk, runs_of(text))):
        return
    sounds = [sound_of(character) for character in text]
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + LONGEST) + 1):
            old = text[start:end]
            for word, titles in known.by_sound.get(tuple(sounds[start:end]), {}).items():
                wrong = sum(a != b for a, b in zip(old, word, strict=True))
                if 0 < wrong <= WRONG:
                    rating = (-wrong, end - start, titles)
                    yield f"{text[:start]}{word}{text[end:]}", rating


def _finds(text, field, engine, scope, vocabulary):
    """Whether the corrected query has a document that holds it as it stands."""
    match = Matcher(parse(text), vocabulary).strict(field)
    return match is not None and engine.holds(match, scope)


def _replaced(raw, old, new):
    """The query as typed with one folded part replaced."""
    folded, places = fold_with_offsets(raw)
    start = folded.find(old)
    if start < 0:
        return ""
    return f"{raw[: places[start]]}{new}{raw[places[start + len(old)] :]}"
