"""Indexes take turns: a new one is built beside the live one and put in its place in one step."""

from django.db import transaction

from search.backends.base import Drift, Rebuild
from search.backends.state import IndexState
from search.documents import SearchDocument


class Generations:
    """What engines share whose index lies in two generations, `a` and `b`.

    A subclass says how one is made, filled, emptied: `name`, `table_of`, `make`, `drop`, `put`,
    `remove`, `hurry` (much will be written), `settle` (it has been), `swap` (when the new one takes
    the old one's place).
    """

    name = ""

    def write(self, documents):
        """Add or replace documents in the live index and in one being built."""
        documents, state = list(documents), self._state()
        # Whoever writes within a transaction has a savepoint of his own (`indexing`).
        with transaction.atomic(savepoint=False):
            for table in self._tables(state):
                self.remove(table, [document.pk for document in documents])
                self.put(table, documents)

    def erase(self, pks):
        """Forget documents."""
        pks, state = list(pks), self._state()
        with transaction.atomic(savepoint=False):
            for table in self._tables(state):
                self.remove(table, pks)

    def reading(self):
        """The engine for the questions of one search; here itself, nothing is asked twice."""
        return self

    def live(self):
        """The live table's name."""
        return self.table_of(self._state().live)

    def hurry(self, table):
        """Get ready for much at once. As a rule nothing has to be done."""

    def swap(self, old, new):
        """Tell whoever must know that `new` is the live one. In the portal's database: nobody."""

    def _state(self):
        return IndexState.objects.filter(pk=self.name).first() or IndexState(engine=self.name)

    def _tables(self, state):
        return [self.table_of(each) for each in (state.live, state.building) if each]

    def begin_rebuild(self):
        """Begin, or go on with, an index beside the live one."""
        state, _new = IndexState.objects.get_or_create(engine=self.name)
        if not state.building:
            state.building = "b" if state.live == "a" else "a"
            state.done = state.written = 0
            self.drop(self.table_of(state.building))
            self.make(self.table_of(state.building))
            state.save()
        self.hurry(self.table_of(state.building))
        return Rebuild(state.building, state.done, state.written)

    def write_rebuild(self, rebuild, documents):
        """Add documents in bulk; how far it got is kept with them."""
        documents = list(documents)
        if not documents:
            return
        with transaction.atomic():
            table = self.table_of(rebuild.generation)
            # A document may have been written already, by an update that met the new index.
            self.remove(table, [document.pk for document in documents])
            self.put(table, documents)
            rebuild.done = documents[-1].pk
            rebuild.written += len(documents)
            kept = IndexState.objects.filter(pk=self.name)
            kept.update(done=rebuild.done, written=rebuild.written)

    def finish_rebuild(self, rebuild):
        """Put it in the live one's place."""
        state = self._state()
        new = self.table_of(rebuild.generation)
        self.settle(new)
        with transaction.atomic():
            old, state.live, state.building = self.table_of(state.live), rebuild.generation, ""
            state.save()
            self.swap(old, new)
            self.drop(old)

    def drop_rebuild(self):
        """Give up an index that is being built."""
        state = self._state()
        if state.building:
            self.drop(self.table_of(state.building))
            state.building = ""
            state.save()


def drift_from(indexed):
    """What differs between the documents and `indexed`: pk -> fingerprint."""
    for pk, fingerprint in SearchDocument.objects.values_list("pk", "fingerprint").iterator():
        kept = indexed.pop(pk, None)
        if kept is None:
            yield Drift(pk, "missing")
        elif kept != fingerprint:
            yield Drift(pk, "changed")
    for pk in indexed:
        yield Drift(pk, "extra")
