"""Sheets as people send them: read by names, told by cell; nothing crashes, nothing is lost."""

import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extensions.base.records.sheets.layouts import (
    AMOUNT,
    CHOICE,
    DATE,
    IDENTIFIER,
    Field,
    Layout,
)
from extensions.base.records.sheets.reading import SheetRefused, read
from extensions.base.records.sheets.values import Unreadable, read_cell, read_row

MORNING = datetime(2016, 9, 1, 8)  # noqa: DTZ001  a sheet knows no time zone
KINDS = (("01", "普通"), ("02", "特许"))
LAYOUT = Layout(
    "toy",
    "玩具格式",
    [
        Field("name", "T_MC", "名称", required=True, length=20),
        Field("number", "T_WSH", "文书号", IDENTIFIER, required=True),
        Field("code", "T_DM", "统一社会信用代码", IDENTIFIER, aliases=("相对人代码",)),
        Field("decided", "T_RQ", "决定日期", DATE, words={"长期": date(2099, 12, 31)}),
        Field("fine", "T_FK", "罚款金额（万元）", AMOUNT, unit="万元", places=6),
        Field(
            "kinds", "T_LB", "类别", CHOICE, choices=(("01", "普通"), ("02", "特许")), multiple=True
        ),
    ],
)
HEADINGS = ["名称", "文书号", "统一社会信用代码", "决定日期", "罚款金额（万元）", "类别"]


def workbook(*rows, merged=(), names=("数据",)):
    """An xlsx file of the rows, written as they are."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "nan_inf_to_errors": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name in names:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, (date, datetime)):
                    sheet.write_datetime(number, place, cell, day)
                elif cell is not None:
                    sheet.write(number, place, cell)
        for area in merged:
            sheet.merge_range(*area)
    book.close()
    file.seek(0)
    return file


def values(file, filename="a.xlsx"):
    """[(values, problems as texts)] of every row."""
    sheet = read(file, filename, [LAYOUT])
    found = [read_row(sheet, row) for row in sheet.rows]
    return [(one, [str(each) for each in problems]) for one, problems in found]


def test_headings_are_found_by_their_names_wherever_they_stand():
    file = workbook(
        ["某局双公示信息表"],
        ["填报单位：某局"],
        ["* 名 称", None, None, "Ｔ＿RQ", "备注"],
        [None, "文书号", "统一社会信用代码", None, None],
        ["甲公司", "１２-a", " 9144 ", date(2016, 9, 1), "无"],
        [],
        ["乙公司", 7, None, "长期", None],
        merged=[(0, 0, 0, 4, "某局双公示信息表"), (2, 1, 2, 2, "文书")],
    )
    sheet = read(file, "表.xlsx", [LAYOUT])
    assert (sheet.header_rows, sheet.ignored) == ((3, 4), ("列“备注”",))
    rows = list(sheet.rows)
    assert [row.number for row in rows] == [5, 7]
    assert [read_row(sheet, row)[0] for row in rows] == [
        {"name": "甲公司", "number": "12-a", "code": "9144", "decided": date(2016, 9, 1)},
        {"name": "乙公司", "number": "7", "code": "", "decided": date(2099, 12, 31)},
    ]


def test_a_row_of_codes_below_the_row_of_labels_is_no_data():
    file = workbook(HEADINGS, ["T_MC", "T_WSH", "T_DM", "T_RQ", "T_FK", "T_LB"], ["甲", "1"])
    assert [one["name"] for one, _problems in values(file)] == ["甲"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_of_every_usual_encoding(encoding, delimiter):
    text = delimiter.join(HEADINGS[:2]) + "\r\n" + delimiter.join(["'=甲𠮷", "'00'12"]) + "\r\n"
    [(one, problems)] = values(io.BytesIO(text.encode(encoding)), "a.csv")
    assert one == {"name": "=甲𠮷", "number": "'00'12"} and not problems


def test_ods_and_json_are_read_too():
    from odfdo import Cell, Document, Row, Table

    document = Document("ods")
    document.body.clear()
    table = Table("数据")
    for cells in (HEADINGS[:4], ["甲", "1", "x", "2016年9月1日"]):
        row = Row()
        for cell in cells:
            row.append_cell(Cell(cell))
        table.append_row(row)
    document.body.append(table)
    file = io.BytesIO()
    document.save(file)
    same = {"name": "甲", "number": "1", "code": "x", "decided": date(2016, 9, 1)}
    assert values(file, "a.ods") == [(same, [])]
    data = [{"T_RQ": "2016/9/1", "T_MC": "甲", "T_WSH": 1, "T_DM": "x"}, {"T_MC": ["甲"]}]
    good, bad = values(io.BytesIO(json.dumps(data).encode()), "a.json")
    assert good == (same, [])
    assert bad[1][0].startswith("第2条 T_MC 名称") and "一个值" in bad[1][0]


@pytest.mark.parametrize(
    "raw",
    [
        date(2016, 9, 1), MORNING, 42614, 42614.0, 20160901, "42614",
        "20160901", "2016年9月1日", "2016/9/1", "2016.9.1", "2016-09-01 00:00:00",
        "２０１６－９－１", " 2016 年 09 月 01 日 ", "二〇一六年九月一日",
        "2016-09-01T00:00:00+08:00",
    ],
)  # fmt: skip
def test_dates_in_every_dress(raw):
    assert read_cell(LAYOUT.fields[3], raw) == date(2016, 9, 1)


@pytest.mark.parametrize(
    "raw", ["2016", 2016, "2016年2月30日", "去年", True, -1, 1e300, float("nan")]
)
def test_no_date_is_guessed(raw):
    with pytest.raises(Unreadable) as refused:
        read_cell(LAYOUT.fields[3], raw)
    assert refused.value.rule and refused.value.mend


@pytest.mark.parametrize(
    ("raw", "amount"),
    [(0.2, "0.2"), ("2000元", "0.2"), ("1,234.5万元", "1234.5"), (0.1 + 0.2, "0.3"), ("￥３", "3")],
)
def test_amounts_with_and_without_units(raw, amount):
    assert read_cell(LAYOUT.fields[4], raw) == Decimal(amount)


def test_each_wrong_cell_is_told_with_its_address_value_rule_and_mend():
    file = workbook(
        HEADINGS,
        ["", 123456789012345678, "x", "去年", "-3", "特许；没有"],
        ["甲" * 21, "1", None, None, "1.2345678", "02;普通"],
        ["甲", "2", None, None, None, None, "多出来的"],
    )
    first, second, third = (problems for _values, problems in values(file))
    assert first == [
        "A2 名称：必填。请填写。",
        "B2 文书号“1.234567890123457e+17”：号码被存成了数字，超过 15 位的部分已经丢失。"
        "请把这一列设为“文本”格式，再重新填写号码。",
        "D2 决定日期“去年”：不是日期。请写成 2016-09-01、2016/9/1 或 2016年9月1日。",
        "E2 罚款金额（万元）“-3”：金额不能为负。请核对。",
        "F2 类别“特许；没有”：“没有”不在可选项中。请填写其中之一：普通、特许。",
    ]
    assert second[0].startswith("A3") and "最多 20 个字符" in second[0] and len(second) == 2
    assert third == ["G4：这一格在表头之外。请为它加上列名，或清空这一格。"]


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(40 * 1024 * 1024))
    return file


def far():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    sheet.write(1_048_575, 16_000, "x")
    book.close()
    return file


@pytest.mark.parametrize(
    ("file", "filename", "said"),
    [
        (io.BytesIO(b""), "a.xlsx", "空的"),
        (io.BytesIO(b"nothing"), "a.xlsx", "内容却不是"),
        (io.BytesIO(b"%PDF-1.4"), "a.pdf", "只接受"),
        (io.BytesIO(b"PK\x03\x04broken"), "a.xlsx", "损坏"),
        (bomb(), "a.xlsx", "过大"),
        (far(), "a.xlsx", "超过 99999 行"),
        (io.BytesIO(b"[1, 2"), "a.json", "不是合法的 json"),
        (io.BytesIO(b"[1, 2]"), "a.json", "列表"),
        (io.BytesIO("甲,乙\n1,2\n".encode()), "a.csv", "没有找到表头"),
        (io.BytesIO("名称,T_DM,T_RQ\n甲,1,2\n".encode()), "a.csv", "缺少必填的列：文书号"),
        (io.BytesIO("名称,文书号,T_WSH\n甲,1,2\n".encode()), "a.csv", "有两列（B、C）"),
        (workbook(HEADINGS, names=("一", "二")), "a.xlsx", "多张数据表（一、二）"),
    ],
)
def test_files_that_are_refused_are_told_why(file, filename, said):
    with pytest.raises(SheetRefused, match=said):
        read(file, filename, [LAYOUT])


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**17), 10**17),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.sampled_from(["2016/9/1", "长期", "=1+1", "普通;特许", "2000元", "　", "\u200b", "T_MC"]),
)


def check_fuzz(rows, kind):
    """Every row with anything in it comes back: with values, or with a reason."""
    if kind == "json":
        data = [dict(zip(HEADINGS, map(_plain, row), strict=False)) for row in rows]
        file = io.BytesIO(json.dumps(data or [dict.fromkeys(HEADINGS)]).encode())
    elif kind == "xlsx":
        file = workbook(HEADINGS, *rows)
    else:
        lines = [HEADINGS, *rows]
        text = "\r\n".join(",".join(f'"{_plain(c)}"'.replace("\r", "") for c in r) for r in lines)
        file = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        sheet = read(file, f"a.{kind}", [LAYOUT])
        found = [(row, *read_row(sheet, row)) for row in sheet.rows]
    except SheetRefused as refused:
        assert str(refused)
        return
    for row, one, problems in found:
        read_fields = {column.field.name for column in sheet.columns if column.field}
        assert set(one) | {each.field for each in problems} - {""} == read_fields
        assert all(each.rule and each.mend and each.cell for each in problems)
        json.dumps(str(problems), ensure_ascii=False).encode()
        assert any(cell not in (None, "") for cell in row.cells)


def _plain(cell):
    return str(cell) if isinstance(cell, (date, datetime)) else "" if cell is None else cell


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(CELLS, max_size=8), max_size=6), st.sampled_from(["xlsx", "csv", "json"]))
def test_whatever_stands_in_the_cells_no_row_is_lost(rows, kind):
    check_fuzz(rows, kind)


@pytest.mark.prove
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(CELLS, max_size=8), max_size=6), st.sampled_from(["xlsx", "csv", "json"]))
def test_two_thousand_mutated_sheets(rows, kind):
    check_fuzz(rows, kind)


WHOLE = workbook(HEADINGS, ["甲", "1", "x", "2016/9/1", 1, "普通"]).getvalue()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_broken_files_are_refused_and_never_crash(data):
    whole = bytearray(WHOLE)
    for _cut in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    try:
        values(io.BytesIO(bytes(whole[: data.draw(st.integers(1, len(whole)))])))
    except SheetRefused as refused:
        assert str(refused)


def test_a_workbook_that_counts_from_1904_is_read_by_its_own_days():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"date_1904": True})
    page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, HEADINGS)
    for row, form in ((1, day), (2, None)):  # as a date, and as the bare number behind it
        page.write_row(row, 0, ["甲", f"{row}号", "", ""])
        page.write_datetime(row, 3, MORNING, form)
    book.close()
    file.seek(0)
    assert [one["decided"] for one, _problems in values(file)] == [date(2016, 9, 1)] * 2
