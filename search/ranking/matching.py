"""Matches for the engines: what of a query must be in a document, stage by stage."""

from search.analysis import phrase_of
from search.analysis.tokens import is_cjk, runs_of
from search.backends.base import NUMBERS, All, Any, Phrase, Without
from search.words import words_of

#: Words asked for when some are enough: the rarest.
RAREST = 12


def phrase(text, field=None):
    """The match of words as they stand. Where they may be a number or code, by number too."""
    tokens, prefix = phrase_of(text)
    match = Phrase(tuple(tokens), prefix, field)
    if field is None and not all(map(is_cjk, runs_of(text))):
        return Any((match, Phrase(tuple(tokens), prefix, NUMBERS)))
    return match


def with_synonyms(text, field, vocabulary):
    """As `phrase`, or any of its synonyms."""
    same = vocabulary.synonyms.get(text, ())
    if not same:
        return phrase(text, field)
    return Any((phrase(text, field), *(phrase(word, field) for word in same)))


class Matcher:
    """The matches of one query."""

    def __init__(self, query, vocabulary):
        self.query, self.vocabulary = query, vocabulary
        self.free = [part for part in query.parts if not part.exact]
        self.exact = [part for part in query.parts if part.exact]

    def strict(self, field=None):
        """Every part as it stands; with `field`, parts that may be anywhere must be there."""
        parts = [phrase(part.text, part.field or field) for part in self.exact]
        parts += [
            with_synonyms(part.text, part.field or field, self.vocabulary) for part in self.free
        ]
        return self.limited(*self._numbers(), *parts)

    def words(self):
        """Every word, wherever in the document; quoted parts as they stand. None if no other."""
        words = [(word, part.field) for part in self.free for word in self.words_of(part)]
        if len(words) <= len(self.free):
            return None
        parts = [phrase(part.text, part.field) for part in self.exact]
        parts += [with_synonyms(word, field, self.vocabulary) for word, field in words]
        return self.limited(*self._numbers(), *parts)

    def some(self, statistics):
        """At least one of the rarest words; what is quoted, numbered or excluded stays so.

        A character into which the dictionary has cut what it does not know stands in texts by
        chance: whoever asks for 绝无此词 does not ask for 关键词.
        """
        words = dict.fromkeys(
            word
            for part in self.free
            for word in self.words_of(part)
            if word == part.text or len(word) > 1 or not is_cjk(word)
        )
        statistics.learn(token for word in words for token in phrase_of(word)[0])
        found = [(statistics.word(word)[0], word) for word in words]
        rarest = [word for documents, word in sorted(found) if documents][:RAREST]
        if not rarest:
            return None
        any_of = Any(tuple(with_synonyms(word, None, self.vocabulary) for word in rarest))
        exact = [phrase(part.text, part.field) for part in self.exact]
        return self.limited(*self._numbers(), *exact, any_of)

    def words_of(self, part):
        """The words of a part by the dictionary, without stop-words if others are left."""
        if part.text in self.vocabulary.synonyms:
            return [part.text]
        words = words_of(part.text, self.vocabulary)
        return [word for word in words if word not in self.vocabulary.stop_words] or words

    def taken_synonyms(self):
        """The synonyms that were asked for besides, in order."""
        taken = {}
        for part in self.free:
            for word in (part.text, *self.words_of(part)):
                taken |= dict.fromkeys(self.vocabulary.synonyms.get(word, ()))
        return list(taken)

    def _numbers(self):
        return [Phrase((number,), field=NUMBERS) for number in self.query.numbers]

    def limited(self, *parts):
        """All of the parts, without what is excluded; None if there are no parts."""
        if not parts:
            return None
        match = parts[0] if len(parts) == 1 else All(parts)
        if self.query.excluded:
            excluded = tuple(phrase(part.text, part.field) for part in self.query.excluded)
            return Without(match, excluded)
        return match
