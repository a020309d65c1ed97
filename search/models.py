"""Django finds the models of the search room here; each has a module of its own."""

from search.backends.state import IndexState
from search.documents import SearchDocument
from search.log_models import ClickDay, QueryDay
from search.title_words import TitleWords
from search.vocabulary_models import (
    ColumnBoost,
    DictionaryWord,
    FirstWord,
    HiddenQuery,
    PinnedResult,
    StopWord,
    Synonym,
)

__all__ = [
    "ClickDay",
    "ColumnBoost",
    "DictionaryWord",
    "FirstWord",
    "HiddenQuery",
    "IndexState",
    "PinnedResult",
    "QueryDay",
    "SearchDocument",
    "StopWord",
    "Synonym",
    "TitleWords",
]
