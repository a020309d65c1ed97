"""Lists that are read by the slice: a screen costs the same whatever stands behind it."""

from functools import cached_property


class Lines:
    """A list that is counted and read by the database: has `len()`, slices and is paginated.

    `found` is an ordered queryset, `make(rows)` the lines of some of its rows.
    """

    def __init__(self, found, make):
        self.found, self._make = found, make

    @cached_property
    def _count(self):
        return self.found.count()

    def count(self):
        return self._count

    def __len__(self):
        return self._count

    def __bool__(self):
        return self._count > 0

    def __getitem__(self, place):
        if isinstance(place, slice):
            return self._make(list(self.found[place]))
        return self._make([self.found[place]])[0]

    def __iter__(self):
        return iter(self[:])
