"""Head tables (公文要素 and the like): pairs of label and value, two to a line, none left alone."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Fact:
    """A cell pair of a head table. `name` is for templates that show one of them in its own way."""

    label: str
    value: object
    name: str = ""
    wide: bool = False

    @property
    def is_date(self):
        """Whether the value is a day (or a moment)."""
        return isinstance(self.value, date)


def paired(facts):
    """The facts that have a value; one that would stand alone in its line gets all of it."""
    shown = [fact for fact in facts if fact.value]
    alone = None
    for fact in [*shown, None]:
        if fact is None or fact.wide:
            if alone is not None:
                alone.wide = True
            alone = None
        else:
            alone = fact if alone is None else None
    return shown
