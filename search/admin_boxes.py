"""The admin's own search boxes: pages, images, documents, users, choosers, in Chinese too.

Wagtail's boxes ask for whatever somebody may see, and narrow by department after that (the query
set comes narrowed); so this reads the very rows, never the index of what is public. What is typed
and what is looked at are folded alike (`search/analysis`): width, traditional characters, case.
Each run of characters must be somewhere in a field; `icontains` is enough for thousands of rows.
"""

from django.db.models import Q
from modelsearch.backends.database.fallback import (
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
)
from modelsearch.query import Phrase, PlainText

from search.analysis import fold
from search.analysis.tokens import runs_of

#: Terms of one query that are looked at, and characters of one term; more narrows nothing.
TERMS, LONGEST = 12, 100


class AdminQueryCompiler(DatabaseSearchQueryCompiler):
    """Substrings, as typed or folded, in every field that Wagtail would search."""

    def build_database_filter(self, query, boost=1.0):
        """Every term must be found; a quoted phrase is one term."""
        if not isinstance(query, (PlainText, Phrase)):
            return super().build_database_filter(query, boost)
        text = query.query_string.replace("\0", " ")
        terms = text.split()[:TERMS] if isinstance(query, PlainText) else [text]
        joined = Q()
        for term in terms:
            single = self.build_single_term_filter(term[:LONGEST])
            either = isinstance(query, PlainText) and query.operator == "or"
            joined = joined | single if either else joined & single
        return joined

    def build_single_term_filter(self, term):
        """A term as typed; or every run of its characters, folded, whatever parts them."""
        folded = Q()
        for run in runs_of(fold(term))[:TERMS]:
            folded &= super().build_single_term_filter(run)
        typed = super().build_single_term_filter(term)
        return typed | folded if folded else typed


class SearchBackend(DatabaseSearchBackend):
    """WAGTAILSEARCH_BACKENDS' name for it."""

    query_compiler_class = autocomplete_query_compiler_class = AdminQueryCompiler
