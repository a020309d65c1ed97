"""Sheets of records through the admin: checked and shown before they are taken in, whole."""

import io
from copy import deepcopy
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extensions.base.records.importing import importers, services, storage
from extensions.base.records.importing.models import SheetImport
from extensions.base.records.sheets.layouts import SPACES
from page_types.publication.scheduler import run_due
from page_types.review.audit.models import AuditOutbox
from tests.extensions import records_toys
from tests.extensions.records_toys import Toy, ToyImporter, get, toy
from tests.extensions.test_records_sheets import workbook
from tests.houses import small_house
from tests.once import once

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.extensions.records_toys"),
]
SECRET = "11010519491231002X"
HEADINGS = "名称 文书号 类别 决定日期 有效期至 罚款金额（万元） 证件号码 内容".split()
ROW = ["甲公司", "辽体许〔2016〕1号", "普通", "2016年9月1日", "长期", "2000元", SECRET, "准予"]


def build():
    records_toys.make_tables()
    return small_house()


house_of_the_module = once(build)


@pytest.fixture
def house(house_of_the_module, db):
    importer = ToyImporter()
    importers.register(importer)
    yield deepcopy(house_of_the_module)
    importers.remove(importer.name)


def upload(house, *rows, user=None, filename="许可.xlsx", headings=HEADINGS):
    user = user or house.alice
    file = workbook(headings, *rows)
    file.name = filename
    data = {"importer": "toys", "department": house.departments["a"].pk, "sheet": file}
    answer = house.client(user).post(reverse("records_imports:index"), data, follow=True)
    return SheetImport.objects.first(), answer.content.decode()


def confirm(house, made, user=None, **data):
    url = reverse("records_imports:confirm", args=[made.pk])
    answer = house.client(user or house.alice).post(url, data, follow=True)
    made.refresh_from_db()
    return answer.content.decode()


def counts(made):
    return made.new, made.changed, made.identical, made.wrong


def test_nothing_is_imported_until_it_is_confirmed_and_then_once(house):
    made, shown = upload(house, ROW)
    assert counts(made) == (1, 0, 0, 0) and not Toy.objects.exists()
    assert "辽体许〔2016〕1号 甲公司" in shown and SECRET not in shown
    assert "已导入：新增 1 行" in confirm(house, made)
    one = Toy.objects.get()
    assert (one.decided, one.until, str(one.fine)) == (
        date(2016, 9, 1),
        date(2099, 12, 31),
        "0.200000",
    )
    assert one.history.get().history_user == house.alice
    assert AuditOutbox.objects.filter(action="records.import").count() == 1
    assert not storage.has_sheet(made)
    confirm(house, made)
    assert Toy.objects.count() == 1
    again, shown = upload(house, ROW)
    assert counts(again) == (0, 0, 1, 0) and "不需要导入" in shown
    confirm(house, again)
    assert again.state == "ready" and Toy.history.count() == 1


def test_a_changed_row_shows_what_changes_and_only_columns_that_are_there_are_touched(house):
    one = toy(house, number="1号", text="原有内容", secret=SECRET)
    made, shown = upload(
        house,
        ["乙公司", "1号", "2016-9-1", "9" * 18],
        headings=["名称", "T_WSH", "T_RQ", "证件号码"],
    )
    assert counts(made) == (0, 1, 0, 0) and "甲公司 → 乙公司" in shown
    assert SECRET not in shown and "9" * 18 not in shown
    confirm(house, made)
    one.refresh_from_db()
    assert (one.name, one.text, one.secret) == ("乙公司", "原有内容", "9" * 18)


def test_wrong_rows_come_back_as_the_same_sheet_with_reasons_and_mended_are_taken(house):
    toy(house, number="他处", department=house.departments["b"])
    rows = [
        ROW,
        ["", "2号", "普通", "2016/9/1", "2015/9/1", "", "", ""],
        ["丙公司", "3号", "没有", "2016/9/1", "2015/9/1", "", "", ""],
        ["丁公司", "4号", "特许", "2016/9/1", "2015/9/1", "", "", "早"],
        ["戊公司", "他处", "", "2016/9/1", "", "", "", ""],
        [*ROW],
    ]
    made, shown = upload(house, *rows)
    assert counts(made) == (1, 0, 0, 5) and made.given == len(rows)
    for said in ("A3", "必填", "C4", "“没有”", "E5", "早于决定日期", "B6", "其他部门", "与第 2 行"):
        assert said in shown
    assert SECRET not in shown
    assert "有 5 行错误" in confirm(house, made) and Toy.objects.count() == 1
    answer = get(house, house.alice, "records_imports:errors", made.pk)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.active
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table[0][-1] == "原因" and len(table) == 6
    assert table[1][1] == "2号" and "A3" in table[1][-1] and table[5][6] == SECRET
    for row, mended in ((2, {1: "乙公司", 5: None}), (3, {3: "特许", 5: None}), (4, {5: None})):
        for column, value in mended.items():
            sheet.cell(row, column).value = value
    sheet.delete_rows(5, 2)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    mended = services.take(
        importers.get("toys"), house.alice, house.departments["a"], file, "改.xlsx"
    )
    assert counts(mended) == (3, 0, 0, 0) and mended.ignored == []
    confirm(house, mended)
    assert "新增 1 行" in confirm(house, made, without_wrong="on")
    assert Toy.objects.count() == 5 and storage.has_sheet(made)


def test_what_changed_since_the_preview_is_not_imported_over(house):
    made, _shown = upload(house, ROW, ["乙公司", "2号", "", "2016/9/1", "", "", "", ""])
    toy(house, number="2号", name="乙公司")
    shown = confirm(house, made)
    assert "检查之后数据有变动" in shown and counts(made) == (1, 0, 1, 0)
    assert Toy.objects.count() == 1
    confirm(house, made)
    assert made.state == "done" and Toy.objects.count() == 2


def test_an_error_while_saving_saves_nothing(house, monkeypatch):
    made, _shown = upload(house, ROW)
    whole = ToyImporter.apply

    def fails(self, *args):
        whole(self, *args)
        raise ZeroDivisionError

    monkeypatch.setattr(ToyImporter, "apply", fails)
    assert "没有保存任何一行" in confirm(house, made)
    assert made.state == "ready" and not Toy.objects.exists() and not Toy.history.exists()


#: Cells as people and programs leave them, right and wrong.
CELL = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(-(10**16), 10**16),
    st.sampled_from(
        ["甲公司", "1号", "2号", "2016/9/1", "2015年1月1日", "长期", "普通", "0.5", 42614]
    ),
)
SHEETS = st.lists(st.lists(CELL, min_size=2, max_size=len(HEADINGS)), max_size=5)


def no_row_is_lost(house, rows):
    """Accepted and rejected are the rows given; what is accepted comes in, whole."""
    with transaction.atomic():
        toy(house, number="1号")
        args = (importers.get("toys"), house.alice, house.departments["a"])
        made = services.take(*args, workbook(HEADINGS, *rows), "a.xlsx")
        assert made.state == "ready", made.message
        filled = sum(any(str("" if c is None else c).strip(SPACES) for c in row) for row in rows)
        assert made.given == filled == sum(counts(made))
        verdicts = storage.verdicts(made)
        assert len(verdicts) == filled and len({each["row"] for each in verdicts}) == filled
        for verdict in verdicts:
            assert bool(verdict.get("problems")) == (verdict["letter"] == "w")
        if made.writes:
            services.accept(made, house.alice, without_wrong=True)
            assert made.state == "done", made.message
        assert Toy.objects.count() == 1 + made.new
        transaction.set_rollback(True)


FUZZ = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=20, **FUZZ)
@given(rows=SHEETS)
def test_every_row_of_a_mutated_sheet_is_accepted_or_rejected_with_a_reason(house, rows):
    no_row_is_lost(house, rows)


@pytest.mark.prove
@settings(max_examples=2000, **FUZZ)
@given(rows=SHEETS)
def test_two_thousand_mutated_sheets(house, rows):
    no_row_is_lost(house, rows)


def test_imports_are_their_uploaders_own_and_for_his_own_department(house):
    made, _shown = upload(house, ROW)
    for user in (house.andy, house.rita):
        for name in ("detail", "errors"):
            answer = get(house, user, f"records_imports:{name}", made.pk)
            assert answer.status_code == 404
        assert "<form" not in confirm(house, made, user) or not Toy.objects.exists()
    assert not Toy.objects.exists()
    assert get(house, house.rita, "records_imports:index").status_code in (302, 403)
    count = SheetImport.objects.count()
    upload(house, ROW, user=house.bob)  # names department A, whose officer he is not
    assert SheetImport.objects.count() == count


def test_large_sheets_wait_for_the_clock_and_unconfirmed_ones_expire(house, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 0)
    made, shown = upload(house, ROW)
    assert made.state == "waiting" and "<progress" in shown
    run_due()
    made.refresh_from_db()
    assert made.state == "ready" and storage.progress(made)[0] == 1
    SheetImport.objects.update(expires=timezone.now() - timedelta(seconds=1))
    services.expire()
    made.refresh_from_db()
    assert made.state == "expired" and not storage.has_sheet(made)
    assert "已过期" in get(house, house.alice, "records_imports:detail", made.pk).content.decode()


def test_refused_and_discarded_sheets_leave_no_file(house):
    made, shown = upload(house, ["x"], headings=["甲", "乙"])
    assert made.state == "refused" and "没有找到表头" in shown and not storage.has_sheet(made)
    made, _shown = upload(house, ROW)
    house.client(house.alice).post(reverse("records_imports:discard", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == "discarded" and not storage.has_sheet(made)
    assert "无法确认" not in confirm(house, made) and not Toy.objects.exists()


def test_the_template_is_read_back_as_an_empty_sheet(house):
    answer = get(house, house.alice, "records_imports:template", "toys", "toy")
    file = io.BytesIO(b"".join(answer.streaming_content))
    made = services.take(
        importers.get("toys"), house.alice, house.departments["a"], file, "模板.xlsx"
    )
    assert (made.state, made.given) == ("ready", 0), made.message
