"""One analysis for every engine: folding, tokens, document numbers. Pure Python, no Django.

The dictionary is not part of it: words are looked up when somebody asks (`search/query`), so that
dictionary and synonyms change without a new index.
"""

from search.analysis.folding import fold, fold_with_offsets
from search.analysis.numbers import number_tokens, numbers_in
from search.analysis.tokens import phrase_of, tokens_of

#: Raise it with any change of what a text becomes; `search_index --verify` compares it.
ANALYSIS_VERSION = 1

__all__ = [
    "ANALYSIS_VERSION",
    "fold",
    "fold_with_offsets",
    "number_tokens",
    "numbers_in",
    "phrase_of",
    "tokens_of",
]
