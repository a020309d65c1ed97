"""Figures as visitors meet them: one set of numbers as table and chart."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from page_types.models import StatisticsPage
from tests.page_types.samples import column_for, path_to


def series(rows, chart="bar", **more):
    rows = [{"label": label, "value": value, "note": ""} for label, value in rows]
    return ("series", {"title": "演示数列", "unit": "个", "chart": chart, "rows": rows, **more})


@pytest.fixture
def shown(ledger, client):
    """`shown(*series)` publishes a page of figures and reads it as a visitor."""
    column_for(ledger, "figures", "统计数据", "statistics")

    def make(*found, **fields):
        page = ledger.article(
            "figures",
            "演示统计",
            model=StatisticsPage,
            period="2016年",
            series=list(found),
            **fields,
        )
        return BeautifulSoup(client.get(path_to(page)).content, "html.parser")

    return make


def share(text):
    """A percentage of the picture."""
    assert text.endswith("%")
    return float(text[:-1])


def test_the_table_says_unit_and_numbers_as_people_write_them(shown):
    soup = shown(series([("甲", "12500"), ("乙", "-3.5"), ("丙", "0")]), method="演示口径")
    table = soup.select_one(".statistics table")
    assert table.caption.get_text(strip=True) == "演示数列（单位：个）"
    assert [th["scope"] for th in table.select("th")] == ["col", "col", "row", "row", "row"]
    numbers = table.select("td.number")
    assert [td.get_text() for td in numbers] == ["12,500.0", "−3.5", "0.0"]
    facts = soup.select_one(".facts").get_text()
    assert "2016年" in facts and "演示口径" in facts


def test_the_chart_is_drawn_of_the_same_numbers_and_said_in_words(shown):
    soup = shown(series([("甲", "30"), ("乙", "-10"), ("丙", "0")]))
    picture = soup.select_one("svg.chart")
    assert picture["role"] == "img"
    assert "最高：甲 30；最低：乙 −10。全部数据见下表。" in picture["aria-label"]
    bars = [(share(bar["x"]), share(bar["width"])) for bar in picture.select("rect")]
    assert bars == [(25, 75), (0, 25), (25, 0)], "zero lies at a quarter, the negative left of it"
    assert share(picture.select_one("line.axis")["x1"]) == 25
    assert picture.select("[style], style") == [], "the content security policy refuses styles"


@pytest.mark.parametrize("count", [2, 3, 60])
def test_a_line_stays_in_its_picture_and_names_its_ends(shown, count):
    rows = [(f"{1957 + n}年", str((n * 37) % 11 - 4)) for n in range(count)]
    picture = shown(series(rows, "line")).select_one("svg.chart")
    height = float(picture["height"].removesuffix("em"))
    dots = picture.select("circle")
    assert len(dots) == count and len(picture.select("line.mark")) == count - 1
    for dot in dots:
        assert 0 <= share(dot["cx"]) <= 100
        assert 0 <= float(dot["cy"].removesuffix("em")) <= height
    heights = [float(dot["cy"].removesuffix("em")) for dot in dots]
    values = [Decimal(value) for _label, value in rows]
    assert heights.index(min(heights)) == values.index(max(values))
    words = [text.get_text() for text in picture.select("text")]
    assert rows[0][0] in words and rows[-1][0] in words


@pytest.mark.parametrize(
    ("rows", "chart", "pictures"),
    [
        ([("甲", "0"), ("乙", "0")], "bar", 1),
        ([("甲", "0"), ("乙", "0")], "line", 1),
        ([("甲", "7")], "bar", 1),
        ([("甲", "7")], "line", 0),  # a line needs two points
        ([("甲", "7"), ("乙", "8")], "none", 0),
        ([("甲", "0.000001"), ("乙", "123456789012")], "line", 1),
        (
            [("一个很长很长的、一行放不下的中文项目名称，共计三十来个汉字也要画得出来", "1")],
            "bar",
            1,
        ),
        ([(f"第{n}项", str(n)) for n in range(60)], "bar", 1),
    ],
)
def test_numbers_of_every_kind_can_be_drawn(shown, rows, chart, pictures):
    soup = shown(series(rows, chart))
    assert len(soup.select("svg.chart")) == pictures
    assert len(soup.select("tbody tr")) == len(rows)
    assert "NaN" not in soup.get_text() and rows[0][0] in soup.select_one("tbody").get_text()


def test_labels_are_words_and_never_markup(shown):
    soup = shown(series([("<script>x</script>", "1"), ("乙&丙", "2")]))
    assert soup.select("svg script, figure script") == []
    assert "<script>x<" in soup.select_one("svg text").get_text()


def test_a_body_table_has_caption_heads_and_a_frame_that_scrolls(ledger, client):
    merged = {
        "data": [["项目", "2015年", "2016年"], ["场地", "12", None], [None, "3\n约", "<b>4</b>"]],
        "table_caption": "演示表格", "table_header_choice": "both",
        "first_row_is_table_header": True, "first_col_is_header": True,
        "mergeCells": [{"row": 1, "col": 1, "rowspan": 1, "colspan": 2}],
        "cell": [{"row": 1, "col": 2, "hidden": True}],
    }  # fmt: skip
    page = ledger.article("news", "有表的文章", body=[("table", merged)])
    soup = BeautifulSoup(client.get(path_to(page)).content, "html.parser")
    frame = soup.select_one(".table-scroll")
    assert (frame["tabindex"], frame["aria-label"]) == ("0", "演示表格")
    assert frame.caption.get_text() == "演示表格"
    assert [th.get_text() for th in frame.select("thead th[scope=col]")] == [
        "项目", "2015年", "2016年",
    ]  # fmt: skip
    first, second = frame.select("tbody tr")
    assert (
        first.th["scope"] == "row" and first.td["colspan"] == "2" and len(first.select("td")) == 1
    )
    assert second.th is None, "an empty cell is no heading"
    assert str(second.select("td")[1]) == "<td>3<br/>约</td>" and "<b>4</b>" in second.get_text()
