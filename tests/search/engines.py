"""Engines under test, and documents made by hand for them."""

import os
from datetime import date

import pytest
from django.db import connection

from search.analysis import fold, phrase_of, tokens_of
from search.backends import engine_of
from search.backends.base import Phrase, Scope
from search.documents import SearchDocument

ENGINES = (
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.postgres),
    pytest.param("elasticsearch", marks=pytest.mark.prove),
)
ALL = Scope()


@pytest.fixture(scope="session")
def elasticsearch_url():
    """A node that is running already, or one for this run."""
    if url := os.environ.get("PORTAL_ELASTICSEARCH_URL"):
        yield url
        return
    import sys

    from tests.frame.conftest import ROOT

    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        # Its jars lie where the developer's state is, not in the folder of this run's tests.
        kept, os.environ["PORTAL_VAR"] = os.environ["PORTAL_VAR"], str(ROOT / "var")
        from elasticsearch_node import node

        with node() as url:
            os.environ["PORTAL_VAR"] = kept
            yield url
    finally:
        os.environ["PORTAL_VAR"] = kept
        sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(params=ENGINES)
def motor(request, db, settings):
    """Each engine with an empty index; left out where the database is another one's."""
    name = settings.PORTAL_SEARCH_ENGINE = request.param
    if name == "elasticsearch":
        settings.PORTAL_ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
        settings.PORTAL_ELASTICSEARCH_INDEX = f"test-{os.getpid()}"
    elif name != connection.vendor:
        pytest.skip(f"the database is {connection.vendor}")
    engine_of.cache_clear()
    SearchDocument.objects.all().delete()
    found = engine_of(name)
    found.drop_rebuild()
    found.finish_rebuild(found.begin_rebuild())
    yield found
    if name == "elasticsearch":
        for generation in "ab":
            found.drop(found.table_of(generation))
    engine_of.cache_clear()


def paper(title, body="", **more):
    """A document as the sources make them, unsaved in any index."""
    more = {"source": "test", "kind": "article", "url": "/", "fingerprint": title[:60], **more}
    folded = {"title_folded": fold(title), "body_folded": fold(body)}
    length = len(tokens_of(folded["title_folded"])) + len(tokens_of(folded["body_folded"]))
    number = SearchDocument.objects.count()
    return SearchDocument.objects.create(
        object_id=f"{number}", title=title, body=body, length=length, **folded, **more
    )


def words(text, field=None):
    """The phrase that finds a text as it stands."""
    tokens, prefix = phrase_of(fold(text))
    return Phrase(tuple(tokens), prefix, field)


def day(year, month=1):
    """The first of a month."""
    return date(year, month, 1)
