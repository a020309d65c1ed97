"""The ledger as a file: opened again, it says what was published."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from exports import datasets, figures


@pytest.fixture
def published(ledger):
    for day, title in ((1, "=1+1"), (15, "月中"), (30, "月末")):
        shown = timezone.make_aware(timezone.datetime(2016, 9, day, 23, 30))
        ledger.article("news", title, shown_at=shown)


def export(path, *arguments):
    call_command("export", "publications", "-o", str(path), *arguments, stdout=StringIO())
    return path


def test_csv_opens_in_a_spreadsheet_and_runs_no_formula(published, tmp_path):
    path = export(tmp_path / "out.csv", "--from", "2016-09-01", "--to", "2016-09-30")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["标题"] for row in rows] == ["'=1+1", "月中", "月末"]
    assert rows[0]["发布时间"] == "2016-09-01T23:30+08:00"
    assert rows[0]["责任处室"] == "办公室"


def test_json_and_days_are_inclusive_in_local_time(published, tmp_path):
    path = export(
        tmp_path / "out.json", "--format", "json", "--from", "2016-09-15", "--to", "2016-09-30"
    )
    assert [row["title"] for row in json.loads(path.read_text())] == ["月中", "月末"]


def test_a_figure_is_the_number_of_its_records(published):
    figure = figures.get("publications")
    september = date(2016, 9, 1), date(2016, 9, 30)
    assert figure.value(*september) == 3 == len(figure.records(*september))
    assert figure.value(date(2016, 9, 2), date(2016, 9, 29)) == 1


def test_unknown_set_and_missing_file_are_explained(db, tmp_path):
    with pytest.raises(CommandError, match="publications"):
        call_command("export", "nothing", "-o", str(tmp_path / "x"))
    with pytest.raises(CommandError, match="-o"):
        call_command("export", "publications")


def test_nothing_is_left_of_a_failed_export(published, tmp_path, monkeypatch):
    def torn(start, end):
        yield from []
        raise RuntimeError

    broken = replace(datasets.get("publications"), rows=torn)
    monkeypatch.setattr("exports.management.commands.export.get", lambda name: broken)
    with pytest.raises(RuntimeError):
        export(tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_period_and_a_missing_folder_are_explained(db, tmp_path):
    with pytest.raises(CommandError, match="晚于"):
        export(tmp_path / "x", "--from", "2016-09-02", "--to", "2016-09-01")
    with pytest.raises(CommandError, match="没有这个文件夹"):
        export(tmp_path / "nowhere" / "x")
