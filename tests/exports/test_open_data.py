"""数据开放 as visitors and their programs meet it."""

import csv
import io
import json

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from exports import downloads
from exports.models import DownloadDay
from page_types.organisation.models import Post, User
from page_types.organisation.services import appoint
from page_types.publication import measures
from page_types.publication.measured import Withdrawal
from page_types.publication.withdraw import withdraw
from page_types.review.audit.models import AuditEntry, AuditOutbox
from search import fixed_source
from search.documents import SearchDocument
from tests.exports import sets


@pytest.fixture
def open_data(ledger, settings):
    cache.clear()
    settings.PORTAL_DOWNLOAD_RATE = "1000/m"  # more files than a visitor fetches in a minute
    public = sets.dataset("penalties", 7, updated=sets.changed)
    kept = sets.dataset("internal", 3, permission="organisation.change_user")
    with sets.registered(public, kept):
        yield ledger
    cache.clear()


@pytest.fixture
def visitor():
    return Client()


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def body(response):
    return b"".join(response.streaming_content)


def test_the_catalogue_is_found_from_every_page_and_names_public_sets_only(open_data, visitor):
    assert page(visitor.get("/")).select_one("footer a[href='/open-data/']")
    found = page(visitor.get("/open-data/"))
    named = [each.text for each in found.select(".data-set h2")]
    assert {"发布记录", "演示：行政处罚"} <= set(named) and len(named) == len(set(named))
    text = found.get_text()
    assert "7 行" in text and "2016-09-01" in text and "注明来源" in text
    assert "internal" not in str(found)
    addresses = [each["href"] for each in found.select(".data-files a, .data-set h2 a")]
    for address in addresses:
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        assert body(answer) if answer.streaming else answer.content


def test_a_set_says_what_its_columns_mean_and_hides_what_is_secret(open_data, visitor):
    found = page(visitor.get("/open-data/penalties/"))
    rows = found.select(".stacked tbody tr")
    lines = {row.th.text: row.get_text(" ", strip=True) for row in rows}
    assert "十八位" in lines["统一社会信用代码"] and "fined" in lines["罚款金额"]
    assert "身份证号" not in found.get_text() and sets.SECRET not in str(found)
    data = json.loads(found.find("script", type="application/ld+json").string)
    assert data["@type"] == "Dataset" and data["dateModified"].startswith("2016-09-01")
    for path in ("internal/", "internal.csv", "nothing/", "nothing.csv", "penalties.exe"):
        assert visitor.get(f"/open-data/{path}").status_code == 404


def test_the_form_leads_to_a_lasting_address_and_a_wrong_one_says_what_to_do(open_data, visitor):
    answer = visitor.get("/open-data/penalties/", {"format": "csv", "from": "", "kind": "serious"})
    assert answer["Location"] == "/open-data/penalties.csv?kind=serious"
    for query in ("from=2016-02-30", "from=2016-02-01&to=2016-01-01", "kind=nothing"):
        answer = visitor.get(f"/open-data/penalties.csv?{query}")
        assert answer.status_code == 400 and page(answer).select(".data-error")


def test_files_hold_what_was_asked_for_and_nothing_secret(open_data, visitor):
    query = {"from": "2016-01-02", "to": "2016-01-05", "kind": "light"}
    answer = visitor.get("/open-data/penalties.csv", query)
    assert "filename*=utf-8''%E6%BC%94" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))
    assert rows[0] == ["统一社会信用代码", "名称", "罚款金额", "决定日期"]
    assert [row[1] for row in rows[1:]] == ["演示单位1", "演示单位2", "演示单位4"]
    book = openpyxl.load_workbook(io.BytesIO(body(visitor.get("/open-data/penalties.xlsx", query))))
    assert book.worksheets[0]["A2"].value == "914400001903500001"
    facts = dict(book.worksheets[1].iter_rows(values_only=True))
    assert facts["行数"] == "3" and facts["筛选"] == "类型：轻微" and facts["生成人"] == "公众下载"
    for form in ("json", "tsv", "yaml", "html", "ods", "xlsx"):
        assert sets.SECRET.encode() not in body(visitor.get(f"/open-data/penalties.{form}"))


def test_what_is_too_large_is_not_offered_and_says_what_is(visitor, open_data, monkeypatch):
    monkeypatch.setattr(downloads, "XLSX_FOR_VISITORS", 5)
    found = page(visitor.get("/open-data/penalties/"))
    offered = {each.text.split()[-1] for each in found.select(".data-files a")}
    assert {"CSV", "JSON"} <= offered and "XLSX" not in offered
    answer = visitor.get("/open-data/penalties.xlsx")
    assert answer.status_code == 400 and "csv、tsv、json" in page(answer).get_text()
    assert body(visitor.get("/open-data/penalties.xlsx?to=2016-01-03"))
    assert "按天统计下载次数" in visitor.get("/privacy/").content.decode()


def test_what_has_not_changed_is_not_sent_again_and_not_counted(open_data, visitor):
    first = visitor.get("/open-data/penalties.csv")
    body(first)
    again = visitor.get("/open-data/penalties.csv", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    head = visitor.head("/open-data/penalties.csv")
    assert head.status_code == 200 and head["ETag"] == first["ETag"] and not body(head)
    body(visitor.get("/open-data/penalties.csv"))
    assert DownloadDay.objects.get().count == 2
    assert "下载 2 次" in page(visitor.get("/open-data/penalties/")).get_text()


def test_the_interface_gives_pages_that_lead_to_each_other(open_data, visitor, settings):
    answer = visitor.get("/api/v1/datasets/penalties/?size=3")
    names, pages = [], []
    while True:
        data = answer.json()
        assert data["total"] == 7 and data["pages"] == 3
        names += [row["name"] for row in data["results"]]
        pages.append(data["page"])
        assert "identity" not in data["results"][0]
        if data["next"] is None:
            break
        answer = visitor.get(data["next"].removeprefix(settings.SITE_URL))
    assert names == [f"演示单位{number}" for number in range(7)] and pages == [1, 2, 3]
    back = visitor.get(data["previous"].removeprefix(settings.SITE_URL)).json()
    assert back["page"] == 2
    narrowed = visitor.get("/api/v1/datasets/penalties/?kind=serious&to=2016-01-04").json()
    assert [row["fined"] for row in narrowed["results"]] == [0, 3] and narrowed["total"] == 2
    beyond = visitor.get("/api/v1/datasets/penalties/?page=9").json()
    assert beyond["results"] == [] and beyond["total"] == 7


def test_the_ledgers_own_set_is_paged_by_the_database(
    open_data, visitor, django_assert_max_num_queries
):
    for number in range(4):
        open_data.article("news", f"消息{number}")
    visitor.get("/api/v1/datasets/")
    with django_assert_max_num_queries(12):
        data = visitor.get("/api/v1/datasets/publications/?size=2&page=2").json()
    assert len(data["results"]) == 2 and data["total"] >= 4
    assert data["results"][0]["number"] < data["results"][1]["number"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"), ("page=00000000199999999999999999999", "page"),
        ("size=000000001999999", "size"), ("page=٣", "page"), ("page=x", "page"),
        ("size=100000", "size"), ("size=", "size"),
        ("from=yesterday", "from"), ("from=2016-02-01&to=2016-01-01", "to"), ("kind=no", "kind"),
        ("secret=1", "secret"), ("to=9999-12-31", "to"), ("from=0001-01-01", "from"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_answered_by_what_is_wrong(open_data, visitor, query, field):
    answer = visitor.get(f"/api/v1/datasets/penalties/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field] and answer.json()["fields"][field][0]


def test_the_interface_tells_what_has_not_changed_and_who_asks_too_often(
    open_data, visitor, settings
):
    first = visitor.get("/api/v1/datasets/penalties/")
    assert not first["ETag"].startswith("W/") and first["Access-Control-Allow-Origin"] == "*"
    same = visitor.get("/api/v1/datasets/penalties/", headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304 and same["ETag"] == first["ETag"]
    assert visitor.get("/api/v1/datasets/internal/").status_code == 404
    assert visitor.post("/api/v1/datasets/penalties/").status_code == 405
    settings.PORTAL_API_RATE = settings.PORTAL_DOWNLOAD_RATE = "3/m"
    cache.clear()
    codes = [visitor.get("/api/v1/datasets/").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    refused = visitor.get("/api/v1/datasets/penalties/")
    assert refused["Retry-After"] == "60" and refused.json()["error"]
    for _ in range(3):
        body(visitor.get("/open-data/penalties.csv"))
    refused = visitor.get("/open-data/penalties.csv")
    assert refused.status_code == 429 and "一分钟后" in refused.content.decode()


def test_the_description_names_what_there_is_and_search_too(open_data, visitor):
    document = visitor.get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    one = "/api/v1/datasets/penalties/"
    assert {"/api/v1/datasets/", one, "/api/v1/search/"} <= set(document["paths"])
    assert "internal" not in json.dumps(document) and "identity" not in json.dumps(document)
    for path, item in document["paths"].items():
        assert visitor.get(path.replace("{format}", "csv")).status_code == 200, path
        assert item["get"]["operationId"] and item["get"]["responses"]["200"]
    parameters = document["paths"][one]["get"]["parameters"]
    named = {each["name"]: each["schema"] for each in parameters}
    assert set(named) == {"from", "to", "kind", "q", "page", "size"}
    assert named["kind"]["enum"] == ["light", "serious"]
    row = document["components"]["schemas"]["row_penalties"]["properties"]
    assert list(row) == ["code", "name", "fined", "decided"]
    file = document["paths"]["/open-data/penalties.{format}"]["get"]
    forms = next(each for each in file["parameters"] if each["in"] == "path")["schema"]["enum"]
    types = set(file["responses"]["200"]["content"])
    for form in forms:
        answer = visitor.get(f"/open-data/penalties.{form}")
        assert body(answer) and answer["Content-Type"].partition(";")[0] in types
    operations = [item["get"]["operationId"] for item in document["paths"].values()]
    assert len(operations) == len(set(operations))
    for reference in _references(document):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_open_data_stand_in_the_site_map_and_are_found_by_the_search(open_data, visitor, settings):
    pages = {"/open-data/", "/open-data/penalties/", "/open-data/publications/"}
    xml = visitor.get("/sitemap-0.xml").content.decode()
    assert {p for p in pages if f"<loc>{settings.SITE_URL}{p}</loc>" in xml} == pages
    links = {each["href"] for each in page(visitor.get("/site-map/")).select("main a")}
    assert pages <= links and "/open-data/internal/" not in links | {xml}
    fixed_source.read_anew()
    for words in ("演示：行政处罚", "统一社会信用代码"):
        found = {each["href"] for each in page(visitor.get("/search/", {"q": words})).select("a")}
        assert any(href.startswith("/open-data/penalties/") for href in found) or any(
            "penalties" in href for href in found
        ), words
    assert "身份证号" not in str(SearchDocument.objects.filter(source="fixed").values("body"))
    assert not SearchDocument.objects.filter(url="/open-data/internal/").exists()


def test_what_is_open_no_more_is_found_no_more(ledger, visitor):
    with sets.registered(sets.dataset("penalties", 7)):
        fixed_source.read_anew()
    assert "/open-data/penalties/" not in visitor.get("/search/?q=演示：行政处罚").content.decode()


def _references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from [value] if key == "$ref" else _references(value)
    elif isinstance(node, list):
        for each in node:
            yield from _references(each)


def test_other_writings_keep_one_address_for_files(open_data, visitor):
    found = page(visitor.get("/en/open-data/"))
    assert found.select_one("a[href='/en/open-data/penalties/']")
    assert body(visitor.get("/hant/open-data/penalties.csv")).decode("utf-8-sig").startswith("统一")


def test_a_withdrawn_or_corrected_title_goes_out_no_more(open_data, visitor):
    gone = open_data.article("news", "泄露的标题")
    kept = open_data.article("news", "写错的标题")
    open_data.revise(kept, title="改正的标题")
    open_data.publish(kept)
    second = User.objects.create(username="ou", last_name="欧")
    appoint(second, Post.OFFICE, None)
    made = measures.ask(
        "withdraw", page_id=gone.pk, title=gone.title, by=open_data.editor, reason="内容有误",
        column_id=open_data.columns["news"].pk, department_id=open_data.office.pk,
        reason_kind="withdrawn",
    )  # fmt: skip
    measures.sign(made, second)
    withdraw(gone.pk, Withdrawal(made), who=second, reason_kind="withdrawn")
    data = visitor.get("/api/v1/datasets/publications/").json()
    titles = [row["title"] for row in data["results"]]
    assert titles[-3:] == ["（已撤下）", "改正的标题", "改正的标题"]


def test_somebody_signed_in_gets_no_more_here_than_anybody(open_data):
    admin = User.objects.create_superuser("root", email="root@example.org")
    client = Client()
    client.force_login(admin)
    assert client.get("/open-data/internal/").status_code == 404
    assert sets.SECRET.encode() not in body(client.get("/open-data/penalties.csv?kind=light"))
    row = AuditOutbox.objects.filter(action="export.downloaded").last()
    entry = row or AuditEntry.objects.get(action="export.downloaded")
    assert (entry.user_id, entry.label) == (admin.pk, "penalties.csv")
    assert entry.facts["filters"]["kind"] == "light"
