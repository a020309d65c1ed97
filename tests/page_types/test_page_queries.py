"""No page type asks the database more often because it shows more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.page_types.samples import LISTS, SAMPLES, everything

#: The catalogue has a test of its own; most other types show nothing that could grow.
GROWING = [*SAMPLES, *(name for name in LISTS if "catalogue" not in name), "picture_story", "topic"]


def asked(client, path):
    """What the database is asked for a page that was read before."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("name", GROWING)
def test_queries_do_not_grow_with_what_a_page_shows(ledger, client, name):
    build = everything()[name]
    few = asked(client, build(ledger, False))
    many = asked(client, build(ledger, True))
    assert len(many) <= len(few), "\n".join(many)
