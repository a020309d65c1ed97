"""The words of public titles, by how they sound and begin: for suggestions and 您是不是要找.

Reading titles takes seconds where there are many, so that the clock does it and keeps what it found
in the database; a process only takes it from there.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from search.analysis.tokens import is_cjk
from search.documents import SearchDocument
from search.vocabulary import vocabulary
from search.words import search_words_of

#: Titles that the clock reads, the newest; and a process itself, before the clock has.
READ, READ_AT_FIRST = 50_000, 2000
#: Seconds after which a process looks for newer words. Old ones do no harm: whatever is offered has
#: been looked for, and found.
BELIEVED = 60
#: Characters of a word, and words that are kept for one beginning.
LONGEST, OFFERED = 6, 8
#: What many do not tell apart when they type: zh and z, n and ng …
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))

_kept = {}


class TitleWords(models.Model):
    """标题用词: one row, written by the clock.

    `words`: [word, how many titles, its sounds parted by spaces, initials, whole pinyin].
    """

    made_at = models.DateTimeField()
    words = models.JSONField()

    class Meta:
        verbose_name = _("标题用词")
        verbose_name_plural = _("标题用词")

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Known:
    """The words of public titles: `by_sound` pinyin of each character -> word -> how many titles.

    `by_beginning` and `by_letters` (initials, or the whole sound, of a word): what somebody has
    typed of a word -> the most frequent words that begin so.
    """

    by_sound: dict
    by_beginning: dict
    by_letters: dict


def words_of_titles():
    """Known words: of public titles, and the bureau's own."""
    name = connection.settings_dict["NAME"]
    until, made_at, known = _kept.get(name, (0.0, None, None))
    if known is None or monotonic() > until:
        newest = TitleWords.objects.values_list("made_at", flat=True).first()
        if known is None or newest != made_at or newest is None:
            kept = TitleWords.objects.first()
            known = _known(kept.words if kept else _read(READ_AT_FIRST))
        _kept[name] = monotonic() + BELIEVED, newest, known
    return known


def read_by_clock(anew=False):
    """Read the titles if any document has changed since the last time, or `anew`."""
    now, kept = timezone.now(), TitleWords.objects.only("made_at").first()
    changed = SearchDocument.objects
    if kept and not anew and not changed.filter(updated_at__gte=kept.made_at).exists():
        return
    TitleWords.objects.update_or_create(pk=1, defaults={"made_at": now, "words": _read(READ)})


def forget():
    """Let this process look for the words anew."""
    _kept.clear()


def _read(limit):
    """The words of the newest titles as TitleWords keeps them, the most frequent first."""
    known = vocabulary()
    counts = Counter(known.words)
    titles = SearchDocument.objects.filter(hidden=False, audience="public")
    newest = titles.order_by("-date", "-pk").values_list("title_folded", flat=True)[:limit]
    for title in newest.iterator(chunk_size=2000):
        counts.update(set(search_words_of(title, known)))
    return [
        [
            word,
            titles,
            " ".join(map(sound_of, word)),
            "".join(lazy_pinyin(word, Style.FIRST_LETTER)),
            "".join(lazy_pinyin(word)),
        ]
        for word, titles in counts.most_common()
        if 1 < len(word) <= LONGEST and is_cjk(word)
    ]


@lru_cache(maxsize=8192)
def sound_of(character):
    """How a character sounds, without tone; sounds that people mix up are one."""
    sound = lazy_pinyin(character, errors="ignore")
    sound = sound[0] if sound else character
    for long, short in ALIKE:
        if sound.startswith(long):
            sound = short + sound[len(long) :]
    return sound[:-1] if sound.endswith("ng") else sound


def _known(words):
    by_sound, by_beginning, by_letters = defaultdict(dict), defaultdict(list), defaultdict(list)
    for word, titles, sounds, initials, whole in words:
        by_sound[tuple(sounds.split(" "))][word] = titles
        for length in range(1, len(word)):
            _add(by_beginning[word[:length]], word)
        for letters in {initials, *(whole[:length] for length in range(2, len(whole) + 1))}:
            _add(by_letters[letters], word)
    return Known(dict(by_sound), dict(by_beginning), dict(by_letters))


def _add(words, word):
    if len(words) < OFFERED:
        words.append(word)
