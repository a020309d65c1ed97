"""Indexes of earlier versions are brought in line by `migrate`."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from search.backends.base import TITLE
from search.backends.state import IndexState
from tests.search.engines import ALL, motor, paper, words

__all__ = ["motor"]


@pytest.mark.postgres
@pytest.mark.parametrize("motor", ["postgresql"], indirect=True)
def test_an_index_with_places_becomes_one_without(motor):
    papers = [paper(f"体育场馆之{number}", "向社会免费开放") for number in range(450)]
    live, other = motor.live(), motor.table_of("b" if motor.live().endswith("_a") else "a")
    motor.drop(live)
    with connection.cursor() as cursor:
        for table in (live, other):
            cursor.execute(
                f"CREATE TABLE {table} (document_id bigint NOT NULL, part int NOT NULL,"
                " words tsvector NOT NULL, fingerprint varchar(64) NOT NULL,"
                " PRIMARY KEY (document_id, part))"
            )
            cursor.execute(f"CREATE INDEX {table}_words_idx ON {table} USING gin (words)")
    IndexState.objects.filter(engine=motor.name).update(building=other[-1], done=7, written=7)
    with connection.schema_editor() as editor:
        import_module("search.migrations.0008_titles_and_counts").add(apps, editor)
        import_module("search.migrations.0009_postgresql_words_without_places").make_anew(
            apps, editor
        )
    assert not list(motor.drift())
    assert len(motor.few(words("体育场馆", TITLE), ALL, 500)) == len(papers)
    assert motor.begin_rebuild().done == 0, "what was half made is begun anew"
    motor.drop_rebuild()


@pytest.mark.postgres
@pytest.mark.parametrize("motor", ["postgresql"], indirect=True)
def test_the_planner_goes_its_own_way_again_after_a_search(motor):
    paper("体育场馆")
    motor.find(words("体育"), ALL, 5)
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
