"""First entries of the desk, from the site's plan: each is given once and then belongs to editors.

What they changed is not overwritten, what they deleted does not come back.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from search.vocabulary_models import TAKEN, DictionaryWord, FirstWord, StopWord, Synonym

#: Name in the plan -> its model and the field of the words.
KINDS = {
    "synonyms": (Synonym, "words"),
    "dictionary": (DictionaryWord, "word"),
    "stop_words": (StopWord, "word"),
}


@transaction.atomic
def give(entries):
    """Add the entries ({name in KINDS: [words]}) never given before; returns how many were added.

    What the office has entered itself in the meantime is not added beside it. KeyError for a name
    that is none, ValidationError for words that are none.
    """
    added = 0
    given = set(FirstWord.objects.values_list("kind", "words"))
    for name, words in entries.items():
        model, field = KINDS[name]
        for each in words:
            if (name, each) not in given:
                FirstWord.objects.create(kind=name, words=each)
                added += _add(model(**{field: each}))
    return added


def _add(line):
    """1, or 0 where something of it is there already."""
    try:
        line.full_clean(exclude=["key"])
    except ValidationError as refused:
        if {each.code for errors in refused.error_dict.values() for each in errors} == {TAKEN}:
            return 0
        raise
    line.save()
    return 1
