"""The content of the demonstration: complete, dated, marked, and able to go out as it is."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils.timezone import localtime
from PIL import Image

from page_types.publication.models import Column
from structure.demo_content import FILES, FOLDER, REAL, DemoError, read_content, small
from structure.demo_making import TYPES
from structure.demo_pictures import alternative_text, drawn
from structure.demo_sketch import MOTIFS
from structure.plan import load_plan

AS_OF = date(2016, 9, 30)
#: A function of the site, no list of texts.
FUNCTIONS = {"znss"}


def open_columns():
    """Columns in which texts stand: no groups, no functions."""
    return {
        column.key: column
        for column in load_plan().columns
        if not column.group and column.key not in {*FUNCTIONS, Column.HOME}
    }


def ask(var, sql):
    with closing(sqlite3.connect(f"file:{var}/portal.sqlite3?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.prove
def test_every_open_column_has_three_public_texts_of_its_own(demo_var):
    shown = dict(
        ask(
            demo_var,
            "SELECT c.key, COUNT(*) FROM publication_entry e "
            "JOIN publication_column c ON c.id = e.column_id WHERE e.slug <> '' GROUP BY c.key",
        )
    )
    assert {key for key in open_columns() if shown.get(key, 0) < 3} == set()


def test_three_texts_for_every_open_column_go_out():
    written = Counter(item.column for item in read_content() if item.is_public)
    assert {key for key in open_columns() if written[key] < 3} == set()


@pytest.mark.prove
def test_everything_public_but_the_real_plan_says_that_it_is_a_demonstration(demo_var):
    titles = ask(demo_var, "SELECT title, type FROM publication_entry WHERE slug <> ''")
    unmarked = [title for title, _type in titles if not title.startswith("【演示】")]
    assert unmarked == ["广东省体育局关于做好2016年政务公开工作的实施方案"]
    files = ask(demo_var, "SELECT title FROM page_types_portalimage")
    files += ask(demo_var, "SELECT title FROM page_types_portaldocument")
    assert all(title.startswith("【演示】") for (title,) in files)
    sources = ask(demo_var, "SELECT DISTINCT source FROM page_types_portalimage")
    assert sources == [("演示图片，本项目绘制",)]


@pytest.mark.prove
def test_the_first_list_of_powers_has_three_versions(demo_var):
    counts = ask(
        demo_var,
        "SELECT COUNT(DISTINCT v.text_id) FROM publication_event v JOIN publication_entry e "
        "ON v.subject = 'page/' || e.page_id WHERE e.slug = 'quanli-qingdan'",
    )
    assert counts == [(3,)]


def test_dates_lie_within_two_years_and_most_columns_are_on_time():
    freshest = {}
    for item in (item for item in read_content() if item.is_public):
        day = localtime(item.shown_at(AS_OF)).date()
        assert AS_OF - timedelta(days=730) <= day < AS_OF, item.key
        freshest[item.column] = max(day, freshest.get(item.column, day))
    overdue = {
        key
        for key, column in open_columns().items()
        if column.update_period_days
        and AS_OF - freshest[key] > timedelta(days=column.update_period_days)
    }
    assert overdue == {"qsnty", "sztt"}


def test_the_sample_is_closed_and_has_every_type():
    items = small(read_content())
    keys = {item.key for item in items}
    assert {item.type for item in items if item.is_public} == set(TYPES)
    assert all(item.links() <= keys for item in items)


def test_what_is_linked_to_is_loaded_before():
    loaded = set()
    for item in read_content():
        assert item.links() <= loaded, item.key
        loaded.add(item.key)


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_pictures_are_the_same_each_time_and_light(name):
    first = drawn(f"{name}-1")
    drawn.cache_clear()
    assert drawn(f"{name}-1") == first
    assert len(first) <= 60_000
    with Image.open(BytesIO(first)) as picture:
        assert picture.height == 1067
    assert "演示" in alternative_text(f"{name}-1")


@pytest.mark.parametrize(
    "text, said",
    [
        ("- {column: gzdt", "YAML"),
        ("- {column: gzdt, department: office, type: article, items: [{title: 甲}]}", "key"),
        (
            "- {column: gzdt, department: office, type: x, "
            "items: [{key: a, title: 甲, age_days: 1}]}",
            "type x",
        ),
        (
            "- {column: gzdt, department: office, type: article, "
            "items: [{key: a, title: 甲, age_days: 900}]}",
            "age_days 900",
        ),
        (
            "- {column: gzdt, department: office, type: article, items: [{key: a, title: 甲}]}",
            "age_days",
        ),
    ],
)
def test_a_slip_in_the_data_is_named_with_its_file(tmp_path, text, said):
    for name in FILES:
        source = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text if name == "news" else source, encoding="utf-8")
    with pytest.raises(DemoError) as caught:
        read_content(tmp_path)
    assert "news.yaml" in str(caught.value)
    assert said in str(caught.value)


def test_only_the_real_plan_goes_without_the_mark():
    assert [item.key for item in read_content() if "【演示】" not in item.title] == [REAL]
