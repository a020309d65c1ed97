"""Matches for PostgreSQL: a `tsquery` that the index answers, and what of it texts must confirm.

The index knows which tokens a document has, not where they stand. A row of tokens is a stretch of
the text (`stretches`), and is looked for there, in the few documents that have all of them. For
words of one token, most of them, no text has to be read. Asking for the places or weights of a
vector made PostgreSQL unpack the vector of every find (48,000 finds: 222 ms against 8).
"""

from search.backends.base import BODY, NUMBERS, TITLE, All, Any, Phrase, Without
from search.backends.sql import harmless
from search.backends.stretches import stretch_of

#: What tokens of titles (besides standing as they are) and of numbers begin with in the index; no
#: token of a text has it.
MARKS = {TITLE: "¶", NUMBERS: "№"}
#: Columns that a phrase of a field is looked for in.
TEXTS = {TITLE: ("title",), BODY: ("body",), NUMBERS: ("numbers",), None: ("title", "body")}
EVERY = "!'nothing nothing'"


# --- queries -------------------------------------------------------------------------------------


def quoted(lexeme):
    """A harmless token, with its mark, as text search reads it literally."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def tokens_query(phrase):
    """A tsquery of what has all tokens of a phrase, wherever they stand."""
    mark, last = MARKS.get(phrase.field, ""), len(phrase.tokens) - 1
    return " & ".join(
        quoted(mark + harmless(token)) + (":*" if phrase.prefix and place == last else "")
        for place, token in enumerate(phrase.tokens)
    )


def query_of(match):
    """(tsquery, condition or "", its parameters) of the index's row `w`; None if nothing matches.

    The tsquery finds at least what matches (but for books that a vector does not hold whole); the
    condition is asked for where it finds more.
    """
    if isinstance(match, Phrase):
        if stretch_of(match) is None:
            return None
        exact = len(match.tokens) == 1 and match.field != BODY
        return tokens_query(match), *(("", []) if exact else text_condition(match))
    if isinstance(match, Any):
        parts = [found for part in match.parts if (found := query_of(part))]
        if not parts:
            return None
        exact = not any(condition for _query, condition, _values in parts)
        query = " | ".join(f"({query})" for query, *_rest in parts)
        return query, *(("", []) if exact else text_condition(match))
    if isinstance(match, All):
        return _all([query_of(part) for part in match.parts])
    if isinstance(match, Without):
        kept = query_of(match.match) if match.match else (EVERY, "", [])
        return _all([kept, *map(_not, match.excluded)])
    raise TypeError(f"no match: {match!r}")


def _all(parts):
    if None in parts:
        return None
    query = " & ".join(f"({query})" for query, *_rest in parts)
    conditions = [condition for _query, condition, _values in parts if condition]
    return query, " AND ".join(conditions), [value for *_rest, values in parts for value in values]


def _not(match):
    found = query_of(match)
    if not found:
        return EVERY, "", []
    query, condition, values = found
    if not condition:
        return f"!({query})", "", []
    condition, values = text_condition(match)
    return EVERY, f"NOT {condition}", values


def text_condition(match):
    """(condition that says by the texts alone whether the row `w` matches, its parameters)."""
    if isinstance(match, Phrase):
        stretch = stretch_of(match)
        if stretch is None:
            return "false", []
        found = [f"strpos(w.{column}, %s) > 0" for column in TEXTS[match.field]]
        return f"({' OR '.join(found)})", [stretch] * len(found)
    if isinstance(match, Without):
        kept = (match.match,) if match.match else ()
        condition, values = _joined_conditions(kept, " AND ", "true")
        excluded, more = _joined_conditions(match.excluded, " OR ", "false")
        return f"({condition} AND NOT {excluded})", [*values, *more]
    word, none = (" AND ", "true") if isinstance(match, All) else (" OR ", "false")
    return _joined_conditions(match.parts, word, none)


def _joined_conditions(matches, word, none):
    parts = [text_condition(match) for match in matches]
    condition = word.join(condition for condition, _values in parts) or none
    return f"({condition})", [value for _condition, values in parts for value in values]


# --- what is wanted ------------------------------------------------------------------------------


def simple(match):
    """The phrases of an 'any' of phrases; None if it has other parts."""
    phrases = []
    for part in match.parts:
        if isinstance(part, Phrase):
            phrases += [part] if part.tokens else []
        elif isinstance(part, Any) and (inner := simple(part)) is not None:
            phrases += inner
        else:
            return None
    return phrases
