"""Passages of a result and the places to mark in them, in the original text.

Words are looked for in the folded text, as the index has it, and their places carried back: a page
in traditional characters is marked where it says what was asked for in simplified ones.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

from search.analysis import fold, fold_with_offsets

#: Characters of a passage, and how far back it may reach for the beginning of its sentence.
LENGTH, REACH = 140, 40
#: Finds of one word that are looked at when the best passage is chosen.
FINDS = 50
#: Characters that are measured together when a place is carried back to the original.
BLOCK = 256
STOP = re.compile(r"[。！？；\n]")


def folded_with_places(text):
    """(folded text, function from a place in it to a place in `text`).

    A text of a million characters has ten marks: only the blocks they lie in are measured.
    """
    blocks = [text[start : start + BLOCK] for start in range(0, len(text), BLOCK)]
    folded = [fold(block) for block in blocks]
    ends = list(accumulate(map(len, folded)))
    measured = lru_cache(maxsize=None)(lambda number: fold_with_offsets(blocks[number])[1])

    def place(at):
        number = bisect_right(ends, at)
        if number == len(blocks):
            return len(text)
        return number * BLOCK + measured(number)[at - ends[number] + len(folded[number])]

    return "".join(folded), place


def marks_in(text, words):
    """[(start, end)] of the folded words in a text, merged where they touch."""
    folded, place = folded_with_places(text)
    found = sorted(
        (match.start(), match.end())
        for word in words
        for match in re.finditer(re.escape(word), folded)
    )
    merged = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return [(place(start), place(end)) for start, end in merged]


def passage_of(text, words):
    """(passage, marks): the stretch of the text with the most of the words, or its beginning.

    `words` is word -> weight, folded.
    """
    folded, place = folded_with_places(text)
    start = place(_best_start(folded, words))
    if start:
        # From the beginning of the sentence, if it is near.
        before = text[max(0, start - REACH) : start]
        if stops := list(STOP.finditer(before)):
            start -= len(before) - stops[-1].end()
    passage = text[start : start + LENGTH].strip()
    passage = re.sub(r"\s+", " ", passage)
    if start:
        passage = f"…{passage}"
    if start + LENGTH < len(text):
        passage = f"{passage}…"
    return passage, marks_in(passage, words)


def _best_start(folded, words):
    """Where a window of LENGTH with the greatest weight of different words begins."""
    finds = []
    for word in words:
        place = folded.find(word)
        for _each in range(FINDS):
            if place < 0:
                break
            finds.append((place, word))
            place = folded.find(word, place + len(word))
    finds.sort()
    best, best_start = 0.0, 0
    places = [place for place, _word in finds]
    for number, (place, _word) in enumerate(finds):
        until = bisect_left(places, place + LENGTH - REACH)
        weight = sum(words[word] for word in {word for _place, word in finds[number:until]})
        if weight > best + 1e-9:
            best, best_start = weight, place
    return max(0, best_start - REACH // 4) if finds else 0
