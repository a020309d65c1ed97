"""Django finds the models of the search room here; each has a module of its own."""

from search.backends.state import IndexState
from search.documents import SearchDocument

__all__ = ["IndexState", "SearchDocument"]
