"""Suggestions while somebody types: columns, popular queries, titles, words; also by pinyin.

Whatever is suggested stands in public: titles are read through the ledger, words are those of
public titles, columns are the public ones.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from django.db import connection
from pypinyin import Style, lazy_pinyin

from page_types.publication.snapshot import snapshot
from search.analysis import fold, phrase_of
from search.backends import engine
from search.backends.base import TITLE, EngineDown, Phrase, Scope
from search.documents import SearchDocument
from search.popular import popular
from search.title_words import words_of_titles
from search.visibility import visible

#: Suggestions at most, characters that are read, titles that are looked at.
MOST, LONGEST, TITLES = 8, 40, 30
#: Kinds whose titles are not suggested: columns have been, and a file is found with its page.
ELSEWHERE = {"column", "file"}
#: Of each sort at most, so that one does not crowd out the others.
OF_COLUMNS, OF_WORDS = 3, 4


@dataclass(frozen=True)
class Suggestion:
    """A text to search for, or, with `url`, a place to go to; `kind`: query, column or title."""

    text: str
    kind: str = "query"
    url: str = ""


def suggest(text, limit=MOST):
    """Suggestions for what has been typed so far, best first, each text once."""
    typed = fold(text[:LONGEST]).strip()
    if not typed:
        return [Suggestion(query) for query in popular(limit)]
    found = {}
    # Lazily: what finds no room is not looked for.
    sorts = (sort(typed) for sort in (_popular, _columns, _words, _titles))
    for suggestion in chain.from_iterable(sorts):
        found.setdefault(fold(suggestion.text), suggestion)
        if len(found) == limit:
            break
    return list(found.values())


def _popular(typed):
    return [Suggestion(query) for query in popular() if fold(query).startswith(typed)]


def _columns(typed):
    named = [(fold(node.title), node) for node in snapshot().walk()]
    found = [(title, node) for title, node in named if typed in title or _begins(title, typed)]
    found.sort(key=lambda pair: not pair[0].startswith(typed))
    return [Suggestion(node.title, "column", node.url) for _title, node in found[:OF_COLUMNS]]


def _begins(title, typed):
    """Whether a title begins with what was typed, written or spoken (tycg, tiyuchangguan)."""
    if title.startswith(typed):
        return True
    letters = typed.replace(" ", "").replace("'", "")
    if len(letters) < 2 or not letters.isascii() or not letters.isalpha():
        return False
    return any(spoken.startswith(letters) for spoken in _spoken(title))


@lru_cache(maxsize=2048)
def _spoken(title):
    """(initials, whole sound) of a column's title."""
    return "".join(lazy_pinyin(title, Style.FIRST_LETTER)), "".join(lazy_pinyin(title))


def _words(typed):
    """Words of public titles that begin so, the most frequent first."""
    known = words_of_titles()
    letters = typed.replace(" ", "").replace("'", "")
    if letters.isascii() and letters.isalpha():
        found = known.by_letters.get(letters[:LONGEST], ()) if len(letters) > 1 else ()
    else:
        found = known.by_beginning.get(typed, ())
    return (Suggestion(word) for word in found[:OF_WORDS] if _in_a_title(word))


def _in_a_title(word):
    """Whether a public title has it now: known words are older, and a page may be withdrawn."""
    tokens, prefix = phrase_of(fold(word))
    try:
        return engine().holds(Phrase(tuple(tokens), prefix, TITLE), Scope())
    except EngineDown:
        return False


def _titles(typed):
    """Titles that begin so; then, of more than one character, those that have it anywhere."""
    documents = SearchDocument.objects.filter(hidden=False, audience="public")
    yield from _shown(_beginning(documents, typed).exclude(kind__in=ELSEWHERE)[:TITLES])
    tokens, prefix = phrase_of(typed)
    if not tokens or len(typed) == 1:
        return
    try:
        found = engine().find(Phrase(tuple(tokens), prefix, TITLE), Scope(), TITLES)
    except EngineDown:
        return
    anywhere = documents.filter(pk__in=[each.pk for each in found])
    yield from _shown(anywhere.exclude(kind__in=ELSEWHERE))


def _beginning(documents, typed):
    """Documents whose title begins so, by the index of beginnings."""
    if connection.vendor == "sqlite":
        # Its LIKE takes no index; its order is that of the characters' numbers.
        found = documents.filter(title_start__gte=typed, title_start__lt=f"{typed}\U0010ffff")
        return found.order_by("title_start")
    return documents.filter(title_start__startswith=typed).order_by("title_start")


def _shown(documents):
    """Suggestions of titles that may be shown now, the shortest first."""
    shown = visible(documents.defer("body", "body_folded", "summary"))
    shown.sort(key=lambda each: len(each.title))
    return [Suggestion(each.title, "title", each.url) for each in shown]
