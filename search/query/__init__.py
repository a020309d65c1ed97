"""What people type, understood: `parse(text) -> Query`. No Django, no engine."""

from search.query.language import parse
from search.query.model import LONGEST, Part, Query

__all__ = ["LONGEST", "Part", "Query", "parse"]
