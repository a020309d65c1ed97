"""Mutated sheets of licences and penalties: no row is lost, none comes in twice, none crashes."""

import csv
import io
import json
from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extensions.base.records.importing import importers, services, storage
from extensions.base.records.sheets.layouts import SPACES
from extensions.credit import layouts
from extensions.credit.models import KINDS
from tests.extensions.credit_house import (
    BUREAU,
    COMPANY,
    PERSON_NUMBER,
    build,
    licence,
    penalty,
    person,
)
from tests.extensions.test_credit_sheets import workbook
from tests.once import once

pytestmark = pytest.mark.django_db

house_of_the_module = once(build)


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


CELL = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.integers(-(10**19), 10**19),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from([
        "", "　", "自然人", "01", "法人", "个体工商户", "身份证", "警告、罚款",
        "其他-责令改正", "长期", "2016年9月1日", "2016/9/1", "20160901", 42614, "2016-13-40", "0.2",
        "2000元", "１２３", COMPANY, BUREAU, PERSON_NUMBER, COMPANY[:-1] + "A", "体许〔2026〕1号",
        "体许〔2026〕２号 ", "=1+1", "'@x", 914403001922038216.0, "1", "2", "0",
    ]),
)  # fmt: skip
#: Row, column, what stands there instead: at most eight of them.
CHANGES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40), CELL), max_size=8)
SHEET = st.tuples(
    st.sampled_from(sorted(layouts.LAYOUTS)),
    st.booleans(),
    CHANGES,
    st.sets(st.integers(0, 40), max_size=2),
    st.sampled_from(["xlsx", "csv", "json"]),
)


def rows_of(kind, year):
    """Four good rows as the layout writes them; the second is about a natural person."""
    make = licence if kind == "licence" else penalty
    about = [make(document_number=f"体许〔2026〕{n}号") for n in range(1, 5)]
    about[1] |= person()
    if year == 2016:
        about[1]["person_id_kind"] = ""
    return [[_cell(values.get(item.attr)) for item in layouts.LAYOUTS[kind, year]]
            for values in about]  # fmt: skip


def _cell(value):
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value or None


def sheet_of(headings, rows, form):
    if form == "xlsx":
        return workbook(headings, *rows)
    if form == "json":
        lines = [dict(zip(headings, row, strict=True)) for row in rows]
        return json.dumps(lines).encode()
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode("gb18030", "replace")


def no_row_is_lost(house, drawn):
    (kind, year), labels, changes, gone, form = drawn
    items = layouts.LAYOUTS[kind, year]
    headings = [str(item.label) if labels else item.code for item in items]
    rows = rows_of(kind, year)
    for row, column, cell in changes:
        rows[row][column % len(items)] = _storable(cell) if form == "xlsx" else cell
    kept = [n for n, item in enumerate(items) if n not in gone or item.required]
    data = sheet_of([headings[n] for n in kept], [[r[n] for n in kept] for r in rows], form)
    importer = importers.get(f"credit_{kind}")

    def taken():
        file = io.BytesIO(data)
        args = (importer, house.alice, house.departments["a"], file, f"表.{form}")
        return services.take(*args, wait=False)

    with transaction.atomic():
        made = taken()
        assert made.state == "ready", made.message
        counts = made.new, made.changed, made.identical, made.wrong
        filled = sum(_is_filled([r[n] for n in kept]) for r in rows)
        assert made.given == sum(counts) == filled, (counts, filled)
        verdicts = storage.verdicts(made)
        assert len({each["row"] for each in verdicts}) == filled
        for verdict in verdicts:
            problems = verdict.get("problems")
            assert bool(problems) == (verdict["letter"] == "w")
            assert all(rule for _cell_, _label, _value, rule, _mend in problems or ())
        if made.writes:
            services.accept(made, house.alice, without_wrong=True)
            assert made.state == "done", made.message
        assert KINDS[kind].objects.count() == KINDS[kind].history.count() == made.new
        again = taken()
        assert (again.identical, again.wrong, again.writes) == (made.new, made.wrong, 0), (
            storage.verdicts(again, "c"), storage.verdicts(again, "n"),
        )  # fmt: skip
        transaction.set_rollback(True)


def _storable(cell):
    if isinstance(cell, str):
        return "".join(sign for sign in cell if sign.isprintable())
    return cell


def _is_filled(row):
    return any(str("" if cell is None else cell).strip(SPACES) for cell in row)


FUZZ = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=20, **FUZZ)
@given(drawn=SHEET)
def test_a_mutated_sheet_loses_no_row_and_comes_in_once(house, drawn):
    no_row_is_lost(house, drawn)


@pytest.mark.prove
@settings(max_examples=2000, **FUZZ)
@given(drawn=SHEET)
def test_two_thousand_mutated_sheets(house, drawn):
    no_row_is_lost(house, drawn)
