"""From a Query to documents in order: the same for every engine, which only finds and counts."""

from search.ranking.stages import Ranked, rank

__all__ = ["Ranked", "rank"]
