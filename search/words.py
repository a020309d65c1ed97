"""Words of a query, by the dictionary and the bureau's own words. Never used for the index."""

from functools import lru_cache

import rjieba

from search.analysis.tokens import is_cjk, runs_of


@lru_cache(maxsize=2)
def _cutter(own_words):
    cutter = rjieba.Jieba()
    for word in own_words:
        cutter.add_word(word, None, None)  # frequency and tag: as it thinks best
    return cutter


def words_of(folded, vocabulary):
    """The words of a folded text, in order; punctuation left out."""
    cutter = _cutter(vocabulary.words)
    words = []
    for run in runs_of(folded):
        words += cutter.cut(run) if is_cjk(run) else [run]
    return words


def search_words_of(folded, vocabulary):
    """As `words_of`, and the shorter words within long ones beside them."""
    cutter = _cutter(vocabulary.words)
    words = []
    for run in runs_of(folded):
        words += cutter.cut_for_search(run) if is_cjk(run) else [run]
    return words
