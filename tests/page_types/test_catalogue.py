"""政府信息公开目录: what is filed is found by organ, genre, topic and year."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from page_types.models import ArticlePage, PolicyPage

GROUP = "/open/catalogue/"


@pytest.fixture
def catalogue(ledger):
    """A catalogue with one column of its own; `catalogue(title, **fields)` files a document."""
    ledger.column("open", "政府信息公开", kind="catalogue", group=True)
    ledger.column("catalogue", "公开目录", parent="open", kind="catalogue", group=True)
    ledger.column("files", "部门文件", parent="catalogue", kind="catalogue")

    def file(title, column="files", year=2016, **fields):
        return ledger.article(
            column, title, model=PolicyPage, signed_date=date(year, 3, 7), **fields
        )

    return file


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


def titles(soup):
    return [cell.a.get_text() for cell in soup.select("tbody th")]


def facets(soup):
    """Name of the facet -> {label: (count, address)}."""
    return {
        group.summary.get_text(): {
            label: (f"（{count}", link["href"])
            for link in group.select("a")
            for label, count in [link.get_text().split("（")]
        }
        for group in soup.select(".facets details")
    }


def test_the_table_has_the_four_columns_of_the_regulations(catalogue, client):
    catalogue("演示文件", summary="演示内容概述", document_number="粤体〔2016〕12号")
    soup = read(client, GROUP)
    assert [th.get_text() for th in soup.select("thead th")] == [
        "索引号", "名称", "内容概述", "生成日期",
    ]  # fmt: skip
    number, name, summary, day = soup.select("tbody tr > *")
    assert number.get_text().endswith("-00001") and name["scope"] == "row"
    assert (name.a.get_text(), summary.get_text()) == ("演示文件", "演示内容概述")
    assert day.get_text() == "2016-03-07", "the day of the document, not of its publication"
    assert "/open/catalogue/files/" in [a["href"] for a in soup.select(".sub-columns a")]


def test_it_is_narrowed_facet_by_facet_and_widened_again(catalogue, ledger, client):
    catalogue("甲通知")
    catalogue("乙意见", genre="opinion")
    catalogue("丙通知", year=2015, topic="renshi")
    catalogue("丁通知", column="policy", department=ledger.mass)
    ledger.article("news", "不入目录的新闻", model=ArticlePage)
    whole = read(client, GROUP)
    assert set(titles(whole)) == {"甲通知", "乙意见", "丙通知", "丁通知"}
    found = facets(whole)
    assert found["体裁"]["通知"][0] == "（3）" and found["年份"]["2015"][0] == "（1）"
    assert found["公开机构"]["群体处"][0] == "（1）"

    by_genre = read(client, found["体裁"]["通知"][1])
    assert "体裁" not in facets(by_genre), "what is chosen is not offered again"
    year = facets(by_genre)["年份"]["2016"]
    assert year == ("（2）", f"{GROUP}by/genre/notice/year/2016/")
    both = read(client, year[1])
    assert set(titles(both)) == {"甲通知", "丁通知"}
    assert both.select_one("link[rel=canonical]")["href"].endswith(year[1])
    assert {meta["name"] for meta in both.select("meta[name]")} >= {"SiteName", "ColumnName"}
    undone = {a["href"] for a in both.select(".chosen a")}
    assert undone == {GROUP, f"{GROUP}by/genre/notice/", f"{GROUP}by/year/2016/"}


def test_it_is_paged_in_the_path(catalogue, client):
    for number in range(21):
        catalogue(f"第{number}件")
    first = read(client, f"{GROUP}by/year/2016/")
    following = first.select_one("a[rel=next]")["href"]
    assert following == f"{GROUP}by/year/2016/page/2/"
    second = read(client, following)
    assert len(titles(second)) == 1 and not set(titles(second)) & set(titles(first))
    assert second.select_one("a[rel=prev]")["href"] == f"{GROUP}by/year/2016/"
    assert len(titles(read(client, f"{GROUP}page/2/"))) == 1
    assert len(titles(read(client, f"{GROUP}files/page/2/"))) == 1
    for first_page in (f"{GROUP}by/year/2016/", GROUP, f"{GROUP}files/"):
        answer = client.get(f"{first_page}page/1/")
        assert (answer.status_code, answer["Location"]) == (301, first_page)


@pytest.mark.parametrize(
    "below",
    [
        "by/", "by/year/", "by/year/1999/", "by/colour/red/", "by/year/2016/genre/notice/",
        "by/year/2016/year/2016/", "by/year/2016/page/2/", "by/year/2016/page/0/", "page/2/",
        "page/0/", "by/year/%00/", "by/genre/通知/",
    ],
)  # fmt: skip
def test_nonsense_is_not_found(catalogue, client, below):
    catalogue("演示文件")
    assert client.get(GROUP + below).status_code == 404
    assert client.get(f"{GROUP}files/{below}").status_code == 404


def test_a_column_of_the_catalogue_shows_its_own_text_and_list_in_the_same_form(
    catalogue, ledger, client
):
    page = ledger.pages["files"]
    ledger.revise(page, lead="<p>本栏目公开文件。</p>", body=[("paragraph", "<p>栏目正文</p>")])
    ledger.publish(page)
    catalogue("在本栏目")
    catalogue("在别处", column="policy")
    soup = read(client, f"{GROUP}files/")
    assert titles(soup) == ["在本栏目"]
    assert soup.select(".facets") == []
    assert "本栏目公开文件。" in soup.get_text() and "栏目正文" in soup.get_text()


def test_an_empty_catalogue_says_what_will_stand_there(catalogue, client):
    assert read(client, GROUP).select_one(".empty")
    assert read(client, f"{GROUP}files/").select_one(".empty")


@pytest.mark.parametrize("below", ["", "by/year/2016/", "files/"])
def test_queries_do_not_grow_with_documents(catalogue, client, below):
    def asked():
        client.get(GROUP + below)
        with CaptureQueriesContext(connection) as captured:
            read(client, GROUP + below)
        return len(captured)

    for number in range(5):
        catalogue(f"第{number}件")
    few = asked()
    for number in range(16):
        catalogue(f"又第{number}件", genre=["opinion", "plan", "letter", "report"][number % 4])
    assert asked() <= few
