"""The full numbers: 100,000 rows beside the bare writers, opened again; LibreOffice reads too."""

import csv
import shutil
import subprocess

import openpyxl
import pytest

from exports.columns import DATE, IDENTIFIER, Column
from exports.formats import FORMATS, Table
from tests.benchmarks import exports as bench

#: What the issue allows: CPU time in terms of the bare writer's, growth of memory in MB.
RATIO, MEMORY_MB = 1.3, 80


@pytest.mark.prove
def test_a_workbook_of_100_000_rows_costs_little_more_than_the_bare_writer(tmp_path):
    ours, bare, grown = bench.compared("xlsx", tmp_path)
    assert ours <= RATIO * bare and grown <= MEMORY_MB
    book = openpyxl.load_workbook(tmp_path / "xlsx.xlsx", read_only=True)
    rows = book.worksheets[0].iter_rows(min_row=2, values_only=True)
    count = 0
    for found, row in zip(rows, bench.rows(bench.ROWS), strict=True):
        assert found[:2] == row[:2]
        count += 1
    assert count == bench.ROWS


@pytest.mark.prove
def test_csv_of_100_000_rows_takes_no_memory(tmp_path):
    _ours, _bare, grown = bench.compared("csv", tmp_path, rounds=1)
    assert grown <= MEMORY_MB
    with (tmp_path / "csv.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _row in csv.reader(file)) == bench.ROWS + 1


@pytest.mark.prove
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_libreoffice_keeps_every_digit_and_runs_no_formula(tmp_path, form):
    office = shutil.which("soffice") or pytest.skip("needs LibreOffice (make prove installs it)")
    rows = [
        ("440106199001011234", "=1+1", None),
        ("000000000000000012", "广州\n“体育”,馆  两个空格", None),
        ("91440000190352203T", "+86", None),
    ]
    columns = (
        Column("code", "代码", IDENTIFIER),
        Column("name", "名称"),
        Column("d", "日期", DATE),
    )
    with (tmp_path / f"table.{form}").open("wb") as file:
        FORMATS[form].write(Table("许可", columns, iter(rows), {"期间": "全部"}), file)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", tmp_path,
         tmp_path / f"table.{form}"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))
    assert found == [["代码", "名称", "日期"], *([*row[:2], ""] for row in rows)]
