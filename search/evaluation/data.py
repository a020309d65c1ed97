"""Where documents and queries come from: a folder given from outside, or the portal's own content.

The folder (SEARCH_EVAL_DIR) holds `docs.jsonl.gz` (id, kind, title, body, date) and `queries.jsonl`
(type, q, rel, correct), and may hold `bars.json`. It is read in place.
"""

import gzip
import json
import random
from datetime import date

import opencc

from search.documents import SearchDocument
from search.evaluation.measures import Question
from search.making import document
from search.standard_words import STOP_WORDS
from search.vocabulary import Vocabulary
from search.words import words_of

SOURCE = "evaluation"
#: Queries of each type that are made of the portal's own content.
OWN = 40


def documents_of(folder):
    """Unsaved documents of a folder."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            read = json.loads(line)
            yield document(
                SOURCE,
                read["id"],
                kind=read["kind"],
                title=read["title"],
                url=f"/{read['id']}/",
                body=read["body"],
                date=_day(read.get("date")),
            )


def _day(text):
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def questions_of(folder):
    """The queries of a folder."""
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            read = json.loads(line)
            relevant = frozenset(map(str, read["rel"]))
            yield Question(read["type"], read["q"], relevant, read.get("correct", ""))


def bars_of(folder):
    """type -> figure -> what must be reached; empty if the folder names none."""
    path = folder / "bars.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def own_questions(seed=1):
    """Queries made of what is in the index; truth by comparing texts, no engine asked."""
    chance = random.Random(seed)  # noqa: S311  repeatable, no secret
    every = {
        str(each.pk): (each.title_folded, each.body_folded)
        for each in SearchDocument.objects.filter(hidden=False).order_by("pk")
    }
    known = Vocabulary(stop_words=STOP_WORDS)
    traditional = opencc.OpenCC("s2hk").convert
    chosen = chance.sample(sorted(every), min(OWN, len(every)))
    for pk in chosen:
        title, body = every[pk]
        words = [w for w in words_of(title, known) if len(w) > 1 and w not in STOP_WORDS]
        if len(words) > 1:
            pair = chance.sample(words, 2)
            truth = _with(every, lambda t, _b, pair=pair: all(w in t for w in pair))
            yield Question("keyword", " ".join(pair), truth)
            yield Question("traditional", traditional(" ".join(pair)), truth)
            yield Question("width", " ".join(map(_wide, pair)), truth)
        if len(title) > 8:
            start = chance.randrange(len(title) - 6)
            part = title[start : start + 6]
            if part.isalnum():
                yield Question("partial", part, _with(every, lambda t, _b, p=part: p in t))
        if len(body) > 60:
            start = chance.randrange(len(body) - 8)
            part = body[start : start + 6]
            if part.isalpha() and not part.isascii():
                whole = _with(every, lambda t, b, p=part: p in t or p in b)
                yield Question("phrase", f"“{part}”", whole)
    for text in ('"', "NEAR(", "标题:", "\0", "' OR 1=1", "<script>", "*" * 3000, "（" * 500):
        yield Question("hostile", text, frozenset())


def _with(every, holds):
    return frozenset(pk for pk, (title, body) in every.items() if holds(title, body))


def _wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def halves(questions, seed=2):
    """(half to tune on, half to report): each type split in two by chance, always the same way."""
    chance = random.Random(seed)  # noqa: S311  repeatable, no secret
    by_type = {}
    for each in questions:
        by_type.setdefault(each.type, []).append(each)
    tuned, held = [], []
    for each in by_type.values():
        chance.shuffle(each)
        tuned += each[: len(each) // 2]
        held += each[len(each) // 2 :]
    return tuned, held


__all__ = ["bars_of", "documents_of", "halves", "own_questions", "questions_of"]
