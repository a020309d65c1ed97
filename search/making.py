"""`document()`: a SearchDocument from words and facts, folded, measured and fingerprinted."""

import json
from hashlib import sha256

from django.core.serializers.json import DjangoJSONEncoder

from search.analysis import ANALYSIS_VERSION, fold, tokens_of
from search.documents import SearchDocument

#: What a fingerprint covers: all that an engine or a result is made of.
COVERED = (
    "source", "object_id", "page_id", "audience", "kind", "column_id", "department_id", "year",
    "date", "validity", "format", "boost", "title", "document_number", "index_number", "facts",
    "summary", "body",
)  # fmt: skip
#: Characters of one document that are indexed; what is longer is a book, found by its beginning.
LONGEST = 1_000_000


def document(source, object_id, *, kind, title, url, summary="", body="", date=None, **more):
    """An unsaved document. `date` is a local day; `more`: any other field of SearchDocument."""
    made = SearchDocument(
        source=source,
        object_id=str(object_id),
        kind=kind,
        title=_cut("title", title),
        url=_cut("url", url),
        summary=summary,
        body=body[:LONGEST].replace("\0", " "),
        date=date,
        year=date.year if date else None,
    )
    for name, value in more.items():
        setattr(made, name, _cut(name, value) if isinstance(value, str) else value)
    made.title_folded = fold(made.title)
    made.body_folded = fold(f"{made.summary}\n{made.body}".strip())
    made.length = len(tokens_of(made.title_folded)) + len(tokens_of(made.body_folded))
    made.analysis = ANALYSIS_VERSION
    made.fingerprint = fingerprint_of(made)
    return made


def fingerprint_of(made):
    """SHA-256 over everything the index is made of, the version of the analysis included."""
    facts = [ANALYSIS_VERSION, *(getattr(made, name) for name in COVERED)]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _cut(name, value):
    longest = SearchDocument._meta.get_field(name).max_length
    value = value.replace("\0", " ")
    return value[:longest] if longest else value
