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
from exports.formats import FORMATS, LIMIT
from page_types.organisation.models import User
from page_types.review.audit.models import AuditEntry
from page_types.review.audit.sequencer import sequence_audit
from tests.exports import sets


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


def test_a_place_that_cannot_be_written_is_explained_and_a_link_stays_one(published, tmp_path):
    with pytest.raises(CommandError, match="不是文件"):
        export(tmp_path)
    kept = tmp_path / "kept.csv"
    kept.write_text("old")
    link = tmp_path / "link.csv"
    link.symlink_to(kept)
    export(link)
    assert link.is_symlink() and "月中" in kept.read_text()
    with pytest.raises(CommandError, match="写不了"):
        export(tmp_path / ("长" * 200))
    with pytest.raises(CommandError, match="如 2016-09-01"):
        export(tmp_path / "x", "--from", "1.9.2016")
    assert {each.name for each in tmp_path.iterdir()} == {"kept.csv", "link.csv"}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_beyond_what_a_format_holds_it_says_which_can_and_writes_nothing(db, tmp_path, form):
    path = tmp_path / f"out.{form}"
    with sets.registered(sets.dataset("many", LIMIT + 1)):
        arguments = ("export", "many", "-o", str(path), "--format", form)
        if FORMATS[form].streams:
            call_command(*arguments, stdout=StringIO())
            assert path.stat().st_size
        else:
            with pytest.raises(CommandError, match="最多 5000 行，请改用 xlsx、csv"):
                call_command(*arguments)
            assert list(tmp_path.iterdir()) == []


def test_for_a_user_it_holds_what_he_may_have_and_names_him(published, tmp_path):
    user = User.objects.create_user("lily", last_name="李", first_name="丽")
    export(tmp_path / "out.csv", "--user", "lily")
    sequence_audit()
    entry = AuditEntry.objects.get(action="export.written")
    assert entry.user_id == user.pk and entry.label == "publications.csv"
    with pytest.raises(CommandError, match="没有用户"):
        export(tmp_path / "x", "--user", "nobody")
    with pytest.raises(CommandError, match="没有这个数据集的权限"):
        call_command("export", "columns_behind", "-o", str(tmp_path / "x"), "--user", "lily")
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
