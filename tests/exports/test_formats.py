"""Files of data sets, opened again by another reader."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
import yaml
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import datasets
from exports.columns import DATE, IDENTIFIER, MOMENT, NUMBER, Column, plain
from exports.formats import FORMATS, LIMIT, Table, TooManyRows
from exports.writing import Wish, table_of
from page_types.publication.cells import harmless, restored

COLUMNS = (
    Column("code", "统一社会信用代码", IDENTIFIER),
    Column("name", "名称"),
    Column("amount", "金额（万元）", NUMBER),
    Column("decided", "决定日期", DATE),
    Column("noted", "登记时间", MOMENT),
)
ROWS = [
    (
        "91440000190352203T",
        "=1+1",
        Decimal("12.50"),
        date(2016, 9, 1),
        datetime(2016, 9, 1, 0, 5, tzinfo=UTC),
    ),
    ("440106199001011234", "广州\n“体育”,馆", 3, None, None),
    ("000000000000000012", "'-已有撇号", None, date(1899, 1, 2), None),
]


def written(form, rows=ROWS, columns=COLUMNS):
    file = io.BytesIO()
    count = FORMATS[form].write(Table("许可", columns, iter(rows), {"期间": "全部"}), file)
    assert count == len(rows)
    return file.getvalue()


def test_a_workbook_runs_nothing_and_keeps_every_digit():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    sheet, facts = book.worksheets
    assert [cell.value for cell in sheet[1]] == [column.label for column in COLUMNS]
    assert [cell.value for cell in sheet["A"][1:]] == [row[0] for row in ROWS]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert sheet["B2"].value == "=1+1" and sheet["B2"].data_type == "s"
    assert sheet["C2"].value == 12.5
    assert sheet["D2"].value.isoformat() == "2016-09-01T00:00:00"
    assert sheet["D4"].value == "1899-01-02"
    assert sheet["E2"].value.isoformat() == "2016-09-01T08:05:00"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["A"].width > 20
    assert dict(facts.iter_rows(values_only=True)) == {
        "数据集": "许可", "期间": "全部", "行数": "3",
    }  # fmt: skip


def test_ods_keeps_every_digit_text_and_day():
    book = python_calamine.load_workbook(io.BytesIO(written("ods")))
    head, *rows = book.get_sheet_by_name("许可").to_python()
    assert head == [column.label for column in COLUMNS]
    assert [row[0] for row in rows] == [row[0] for row in ROWS]
    assert [row[1] for row in rows] == [row[1] for row in ROWS]
    assert rows[0][2:] == [12.5, date(2016, 9, 1), datetime(2016, 9, 1, 8, 5)]  # noqa: DTZ001
    assert dict(book.get_sheet_by_name("说明").to_python())["行数"] == "3"
    text = zipfile.ZipFile(io.BytesIO(written("ods"))).read("content.xml").decode()
    assert "table:formula" not in text


@given(st.text(min_size=1))
@settings(max_examples=60)
def test_whatever_the_title_and_the_text_it_is_a_table(text):
    file = io.BytesIO()
    FORMATS["ods"].write(Table(text, (Column("a", text),), iter([(text,), (f"x{text}",)])), file)
    book = python_calamine.load_workbook(io.BytesIO(file.getvalue()))
    assert len(book.sheet_names) == 2


def test_a_text_longer_than_a_cell_is_cut_and_said_so():
    book = openpyxl.load_workbook(
        io.BytesIO(written("xlsx", [("长" * 40_000,)], (Column("name", "名称"),)))
    )
    assert len(book.worksheets[0]["A2"].value) == 32_767
    assert "1 个" in dict(book.worksheets[1].iter_rows(values_only=True))["截短的单元格"]


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_text_tables_come_back_as_they_were(form, delimiter):
    text = written(form).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert head == [column.label for column in COLUMNS]
    assert rows[0] == [
        "91440000190352203T",
        "'=1+1",
        "12.50",
        "2016-09-01",
        "2016-09-01T08:05+08:00",
    ]
    assert [restored(row[1]) for row in rows] == [row[1] for row in ROWS]


def test_csv_has_a_mark_for_spreadsheets_and_none_for_programs():
    assert written("csv") == b"\xef\xbb\xbf" + written("csv-plain")


@given(st.text())
@settings(max_examples=300)
def test_what_was_made_harmless_is_restored_whatever_it_was(text):
    assert restored(harmless(text)) == text
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_json_and_yaml_have_the_codes_of_the_columns():
    for read in (json.loads, yaml.safe_load):
        form = "json" if read is json.loads else "yaml"
        records = read(written(form).decode())
        assert [record["code"] for record in records] == [row[0] for row in ROWS]
        assert records[0]["amount"] == "12.50" and records[1]["amount"] == 3
        assert records[0]["decided"] == "2016-09-01"
        assert records[2]["name"] == "'-已有撇号"


def test_html_is_escaped():
    html = written("html", [("1", "<script>", None, None, None)]).decode()
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_html_says_its_encoding_and_facts_and_runs_nothing_in_a_spreadsheet():
    bad = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1"]
    rows = [("440106199001011234", each, "=2", None, None) for each in bad]
    text = written("html", rows).decode()
    assert text.startswith("<!doctype html>") and '<meta charset="utf-8">' in text
    found = BeautifulSoup(text, "html.parser")
    cells = [[cell.text for cell in row.select("td")] for row in found.select("tbody tr")]
    assert [restored(row[1]) for row in cells] == bad
    assert {row[0] for row in cells} == {"440106199001011234"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in cells for cell in row)
    assert found.dl.get_text(" ", strip=True) == "期间 全部 行数 7"


@given(
    st.lists(
        st.tuples(
            st.one_of(st.text(), st.none(), st.integers()),
            st.one_of(st.decimals(allow_nan=False), st.integers(), st.none(), st.text()),
            st.one_of(st.dates(), st.none(), st.datetimes()),
        ),
        max_size=8,
    )
)
@settings(max_examples=200)
def test_columns_looked_at_together_are_written_as_cell_by_cell(rows):
    columns = (Column("a", "甲"), Column("b", "乙", NUMBER), Column("c", "丙", DATE))
    file = io.BytesIO()
    FORMATS["csv-plain"].write(Table("表", columns, iter(rows)), file)
    text = file.getvalue().decode()
    found = list(csv.reader(io.StringIO(text, newline="")))[1:]
    as_text = [[plain(cell) for cell in row] for row in rows]
    assert [[restored(row[0]), row[2]] for row in found] == [[r[0], r[2]] for r in as_text]
    for row, cells in zip(found, rows, strict=True):
        number = cells[1]
        assert (restored(row[1]) if isinstance(number, str) else row[1]) == plain(number)
        assert not (isinstance(number, str) and row[1].startswith(("=", "+", "-", "@")))


def test_what_must_fit_into_memory_has_a_limit_that_says_what_to_do():
    with pytest.raises(TooManyRows, match="xlsx、csv"):
        written("html", [("1", "", None, None, None)] * (LIMIT + 1))


def test_what_is_no_text_stops_no_format():
    for form in FORMATS:
        assert written(form, [("\ud800", "\x00\x0b\ufffe", None, None, None)])


def test_secret_columns_reach_no_visitor():
    def rows(start, end):
        yield "甲", "440106199001011234"

    columns = (Column("name", "名称"), Column("identity", "身份证号", secret=True))
    secret = datasets.Dataset("secret", "有秘密", columns, rows)
    table = table_of(secret, Wish(for_visitors=True))
    assert table.names == ["name"] and list(table.rows) == [("甲",)]
    assert list(table_of(secret, Wish()).rows) == [("甲", "440106199001011234")]
