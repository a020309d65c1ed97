"""Lists of powers: every version stays, two can be compared, each can be downloaded."""

import csv
from io import StringIO

import pytest
from bs4 import BeautifulSoup

from page_types.models import ListOfPowersPage
from page_types.publication.models import Entry
from tests.page_types.samples import column_for, path_to, picture, power


def table(*items):
    return [("item", item) for item in items]


@pytest.fixture
def three(ledger):
    """A list published three times: 2 changed and gained a note; 1 went, 3 came."""
    column_for(ledger, "powers", "权责清单", "powers")
    page = ledger.article(
        "powers", "演示权力清单", model=ListOfPowersPage, change_note="首次公布",
        items=table(power(1, process_chart=picture("旧图.png")), power(2)),
    )  # fmt: skip
    changed = power(2, supervision_phone="020-99999999", note='=HYPERLINK("http://x")')
    ledger.revise(page, items=table(power(1), changed), change_note="改电话")
    ledger.publish(page)
    ledger.revise(page, items=table(changed, power(3)), change_note="一减一增")
    ledger.publish(page)
    return page


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


def test_the_page_shows_the_present_table_and_its_versions(three, client):
    soup = read(client, path_to(three))
    assert [th.get_text() for th in soup.select("tbody th")] == ["演示事项2", "演示事项3"]
    rows = [" ".join(row.get_text().split()) for row in soup.select("#versions .row")]
    assert [row.split()[1] for row in rows] == ["3", "2", "1"]
    assert "现行" in rows[0] and "一减一增" in rows[0] and "现行" not in rows[1]
    form = soup.select_one("#versions form")
    assert (form["method"], form["action"]) == ("get", "compare/")
    chosen = {
        select["name"]: (select.select_one("[selected]") or select.option)["value"]
        for select in form.select("select")
    }
    assert chosen == {"old": "2", "new": "3"}


def test_two_versions_are_compared_side_by_side(three, client):
    path = path_to(three)
    answer = client.get(f"{path}compare/", {"old": "3", "new": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{path}compare/1/3/")
    soup = read(client, answer["Location"])
    assert "新增 1 项，取消 1 项，调整 1 项" in soup.get_text()
    for name, words in (("added", "新增 GD-TY-003"), ("removed", "已取消 GD-TY-001")):
        assert soup.select_one(f"#{name}").parent.li.get_text(" ", strip=True).startswith(words)
    changed = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        for row in soup.select("#changed ~ table tbody tr")
    ]
    assert changed == [
        ["监督电话", "020-00000000", "020-99999999"],
        ["备注", "（空）", '=HYPERLINK("http://x")'],
    ]


@pytest.mark.parametrize("asked", [{}, {"old": "x", "new": "1"}, {"old": "2", "new": "2"}])
def test_an_unclear_choice_leads_back_to_the_form(three, client, asked):
    answer = client.get(f"{path_to(three)}compare/", asked)
    assert answer["Location"] == f"{path_to(three)}#versions"


def test_an_old_version_says_so_and_shows_no_picture_of_then(three, client):
    soup = read(client, f"{path_to(three)}versions/1/")
    assert [th.get_text() for th in soup.select("tbody th")] == ["演示事项1", "演示事项2"]
    notice = soup.select_one(".out-of-force")
    assert "这是旧版（第 1 版" in notice.get_text() and notice.a["href"] == path_to(three)
    assert soup.select("main .document > :not(header) img") == []
    assert "受理、审查、决定" in soup.get_text(), "the chart's words stay"
    assert read(client, f"{path_to(three)}versions/3/").select(".out-of-force") == []


def test_a_download_reads_back_and_holds_no_formula(three, client):
    answer = client.get(f"{path_to(three)}versions/2/download/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    head, first, second = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert head[:2] == ["事项编码", "事项名称"]
    assert dict(zip(head, first, strict=True))["事项名称"] == "演示事项1"
    assert dict(zip(head, second, strict=True))["备注"] == '\'=HYPERLINK("http://x")'
    assert answer.content.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark"


@pytest.mark.parametrize(
    "below",
    ["versions/0/", "versions/4/", "versions/4/download/", "compare/1/4/", "compare/2/2/",
     "compare/3/1/", "compare/?old=1&new=9"],
)  # fmt: skip
def test_an_unknown_version_is_not_found(three, client, below):
    answer = client.get(path_to(three) + below)
    assert answer.status_code == 404
    soup = BeautifulSoup(answer.content, "html.parser")
    said = soup.select_one(".empty").get_text()
    assert "本清单共有 3 版，没有第" in said or "较早的一版在前" in said
    # From here the visitor goes on: to a version, or to a comparison of two.
    assert soup.select_one("#versions a")["href"] == f"{path_to(three)}versions/3/"
    assert soup.select_one("#versions form")["action"] == f"{path_to(three)}compare/"


def test_an_item_stored_without_what_is_optional_shows_empty_cells(ledger, client):
    column_for(ledger, "powers", "权责清单", "powers")
    bare = {name: power(1)[name] for name in ("code", "name", "basis", "subject")}
    page = ledger.article("powers", "旧清单", model=ListOfPowersPage, items=table(bare))
    shown = read(client, path_to(page)).select_one("tbody tr")
    assert "演示事项1" in shown.get_text() and "None" not in shown.get_text()


def test_what_is_not_public_has_no_versions(three, ledger, client):
    path = path_to(three)
    entry = Entry.objects.get(pk=three.pk)
    for rows in (entry.pointers, entry.files, entry.listings, entry.facets):
        rows.all().delete()
    entry.delete()
    for below in ("", "versions/1/", "versions/1/download/", "compare/1/2/"):
        assert client.get(path + below).status_code == 410


def test_addresses_of_versions_outlive_a_change_of_the_list_s_address(three, ledger, client):
    former = path_to(three)
    ledger.revise(three, slug="quan-li", items=table(power(2), power(3)))
    ledger.publish(three)
    answer = client.get(f"{former}versions/1/")
    assert (answer.status_code, answer["Location"]) == (301, "/powers/quan-li/versions/1/")
    assert client.get(answer["Location"]).status_code == 200


def test_a_draft_that_was_never_public_is_no_version(three, ledger, client):
    ledger.revise(three, items=table(power(9, name="未批准的事项")), change_note="草稿")
    assert "未批准的事项" not in client.get(path_to(three)).content.decode()
    assert client.get(f"{path_to(three)}versions/4/").status_code == 404


def test_a_list_with_one_code_twice_cannot_be_submitted(ledger):
    from page_types.publication.texts import text_of
    from page_types.review.publish_checks import problems_of

    column_for(ledger, "powers", "权责清单", "powers")
    page = ledger.draft(
        "powers", "演示清单", model=ListOfPowersPage, items=table(power(1), power(1))
    )
    problems = problems_of(text_of(page.get_latest_revision()), page)
    assert ["GD-TY-001" in each.message for each in problems] == [True]
