"""您是不是要找: a wrong character with the right sound, put right by the words of public titles.

Only offered, never taken silently, and only when the query as typed finds nothing as it stands, or
nothing in a title while one of its words is no word at all. (Without that condition correct
queries are spoilt: 财物 -> 财务, findings.)
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from django.db import connection
from pypinyin import Style, lazy_pinyin

from search.analysis import fold_with_offsets
from search.analysis.tokens import is_cjk, runs_of
from search.backends.base import TITLE
from search.documents import SearchDocument
from search.query import parse
from search.ranking.matching import Matcher
from search.words import search_words_of, words_of

#: Seconds for which the words of titles are believed. An old one does no harm: what is offered has
#: been looked for, and found.
BELIEVED = 1800
#: Titles that are read for their words, the newest ones: a second or two, whatever there is.
READ = 20_000
#: Characters of a word that may be put right, and characters that may be wrong in it.
LONGEST, WRONG = 6, 2
#: Corrections that are looked for in the index.
TRIED = 12
#: Words that are kept for one beginning.
OFFERED = 8
#: What many do not tell apart when they type: zh and z, n and ng …
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))

_kept = {}


@dataclass(frozen=True)
class Known:
    """The words of public titles: `by_sound` pinyin of each character -> word -> how many titles.

    `by_beginning` and `by_letters` (initials, or the whole sound, of a word): what somebody has
    typed of a word -> the most frequent words that begin so.
    """

    by_sound: dict
    by_beginning: dict
    by_letters: dict
    since: float


def correct(query, ranked, engine, scope, vocabulary):
    """The query as it was probably meant, or an empty text.

    `ranked` is what the query as typed has found (`search.ranking.Ranked`).
    """
    matcher = Matcher(query, vocabulary)
    free = [part for part in matcher.free if part.field in (None, TITLE)]
    if not free or query.pasted or not _doubtful(ranked, free, vocabulary):
        return ""
    known = words_of_titles(vocabulary)
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
    sounds = [_sound(character) for character in text]
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
    return match is not None and bool(engine.find(match, scope, 1))


def _replaced(raw, old, new):
    """The query as typed with one folded part replaced."""
    folded, places = fold_with_offsets(raw)
    start = folded.find(old)
    if start < 0:
        return ""
    return f"{raw[: places[start]]}{new}{raw[places[start + len(old)] :]}"


@lru_cache(maxsize=8192)
def _sound(character):
    """How a character sounds, without tone; sounds that people mix up are one."""
    sound = lazy_pinyin(character, errors="ignore")
    sound = sound[0] if sound else character
    for long, short in ALIKE:
        if sound.startswith(long):
            sound = short + sound[len(long) :]
    return sound[:-1] if sound.endswith("ng") else sound


def words_of_titles(vocabulary):
    """Known words: of public titles, and the bureau's own."""

    name = connection.settings_dict["NAME"]
    kept = _kept.get(name)
    if kept is None or monotonic() - kept.since > BELIEVED:
        titles = SearchDocument.objects.filter(hidden=False, audience="public")
        counts = Counter(vocabulary.words)
        newest = titles.order_by("-date", "-pk").values_list("title_folded", flat=True)[:READ]
        for title in newest.iterator(chunk_size=2000):
            counts.update(set(search_words_of(title, vocabulary)))
        kept = _kept[name] = _known(counts)
    return kept


def _known(counts):
    by_sound, by_beginning, by_letters = defaultdict(dict), defaultdict(list), defaultdict(list)
    for word, titles in counts.most_common():
        if not 1 < len(word) <= LONGEST or not is_cjk(word):
            continue
        by_sound[tuple(map(_sound, word))][word] = titles
        for length in range(1, len(word)):
            _add(by_beginning[word[:length]], word)
        initials, whole = "".join(lazy_pinyin(word, Style.FIRST_LETTER)), "".join(lazy_pinyin(word))
        for letters in {initials, *(whole[:length] for length in range(2, len(whole) + 1))}:
            _add(by_letters[letters], word)
    return Known(dict(by_sound), dict(by_beginning), dict(by_letters), monotonic())


def _add(words, word):
    if len(words) < OFFERED:
        words.append(word)


def forget():
    """Read the words of titles anew when next asked (an index was built anew)."""
    _kept.clear()
