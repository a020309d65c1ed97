"""What is measured of a list of results against the documents that are known to be right."""

from collections import defaultdict
from dataclasses import dataclass, field

#: Results that people look at.
TOP = 10


@dataclass(frozen=True)
class Question:
    """A query of a type with the documents that answer it; `correct` is what a typo stands for."""

    type: str
    text: str
    relevant: frozenset
    correct: str = ""


@dataclass
class Measured:
    """Sums over the queries of one type."""

    number: int = 0
    sums: dict = field(default_factory=lambda: defaultdict(float))
    seconds: list = field(default_factory=list)
    corrected: int = 0  # for how many "您是不是要找" appeared
    failed: list = field(default_factory=list)

    def add(self, question, found, seconds):
        """Count one answer: `found` are the ids of the results in order."""
        relevant, top = question.relevant, found[:TOP]
        hits = len(relevant.intersection(top))
        self.number += 1
        self.seconds.append(seconds)
        first = next((place for place, pk in enumerate(top, 1) if pk in relevant), 0)
        self.sums["mrr@10"] += 1 / first if first else 0
        self.sums["success@10"] += bool(first)
        self.sums["no_error"] += 1
        if relevant:
            self.sums["recall@10"] += hits / min(TOP, len(relevant))
            self.sums["full_recall"] += len(relevant.intersection(found)) / len(relevant)
        self.sums["full_precision"] += (
            len(relevant.intersection(found)) / len(found) if found else not relevant
        )

    def figure(self, name):
        """The mean of a figure over the queries."""
        return self.sums[name] / self.number if self.number else 0.0

    def milliseconds(self, share):
        """The time within which that share of the queries was answered."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
