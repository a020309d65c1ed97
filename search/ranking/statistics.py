"""How rare tokens and words are in the index; what is known is kept for some minutes."""

from math import log
from time import monotonic

from django.db import connection

from search.analysis import phrase_of

#: Seconds for which a frequency is believed. Tokens not found are asked again each time: what has
#: just been published must be found at once.
BELIEVED = 60
#: Frequencies kept in a process, at most.
KEPT = 50_000
#: Counting 50,000 documents takes longer than all the rest of a search, and their number matters
#: by its magnitude only: from LARGE on it is counted once in so many seconds.
LARGE, COUNTED = 1000, 600

_kept, _sizes = {}, {}


class Statistics:
    """Frequencies of the live index of an engine."""

    def __init__(self, engine):
        self.engine = engine
        # What the index is told by: that of another database is another one.
        index = getattr(engine, "index", "")
        self._name = engine.name, index, connection.settings_dict["NAME"]
        self._known = _believed(self._name)
        self._size = None

    @property
    def size(self):
        """Documents and tokens of the index."""
        if self._size is None:
            since, size = _sizes.get(self._name, (0, None))
            if size is None or size.documents < LARGE or monotonic() - since > COUNTED:
                size = self.engine.size()
                _sizes[self._name] = monotonic(), size
            self._size = size
        return self._size

    def learn(self, tokens):
        """Ask the engine for what is not known yet, in one go."""
        if missing := [token for token in dict.fromkeys(tokens) if token not in self._known]:
            self._known |= self.engine.frequencies(missing)

    def frequency(self, token):
        """(documents, occurrences) of a token; learn it first."""
        return self._known.get(token, (0, 0))

    def word(self, folded):
        """(documents, occurrences) of a word, at most: those of its rarest token.

        A single character is the beginning of many tokens: unknown, taken for common.
        """
        tokens, prefix = phrase_of(folded)
        if not tokens or (prefix and len(tokens) == 1):
            return max(1, self.size.documents // 2), max(1, self.size.tokens // 100)
        whole = tokens[:-1] if prefix else tokens
        return min(map(self.frequency, whole))

    def idf(self, documents):
        """Weight of what so many documents have; never negative."""
        total = max(self.size.documents, 1)
        return log(1 + (total - documents + 0.5) / (documents + 0.5)) if documents < total else 0.01


def _believed(name):
    """What is known of an index: token -> (documents, occurrences); grows as it is asked."""
    since, known = _kept.get(name, (0, None))
    if known is None or monotonic() - since > BELIEVED or len(known) > KEPT:
        known = {}
        _kept[name] = monotonic(), known
    return known
