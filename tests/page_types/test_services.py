"""办事指南 as visitors and editors meet it."""

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from page_types.models import ServicePage
from page_types.publication.models import Column
from page_types.publication.texts import text_of
from page_types.review.publish_checks import problems_of
from tests.houses import small_house
from tests.ledger import with_columns
from tests.once import anew
from tests.page_types.samples import column_for, path_to, sample
from tests.page_types.test_admin_forms import common, fields_of

ledger = anew(with_columns)  # some tests here need the other bureau in its place


def test_a_guide_shows_its_elements_in_the_order_of_need(ledger, client):
    page = sample(ledger, "service")
    soup = BeautifulSoup(client.get(path_to(page)).content, "html.parser")
    headings = [heading.get_text() for heading in soup.select(".guide-text h2")]
    assert headings == [
        "申请条件", "办理材料", "办理流程", "办理地点、时间和电话", "设定依据", "其他说明",
    ]  # fmt: skip
    contents = soup.select("nav.box ol a")
    assert [a.get_text() for a in contents] == headings
    assert [soup.find(id=a["href"][1:]).get_text() for a in contents] == headings
    facts = soup.select_one(".facts").get_text()
    for words in ("行政许可", "法人", "10个工作日", "20个工作日", "不收费", "许可证"):
        assert words in facts
    assert soup.select_one("a.button[href='https://online.example.org/apply']")["rel"]
    steps = soup.select(".guide-text ol li")
    assert [step.strong.get_text() for step in steps] == ["环节0", "环节1"]
    assert steps[0].select_one(".state").get_text() == "1个工作日"
    assert soup.select_one("a[href='tel:02000000000']")


def test_blank_forms_are_downloaded_as_they_were_approved(ledger, client):
    page = sample(ledger, "service")
    soup = BeautifulSoup(client.get(path_to(page)).content, "html.parser")
    links = soup.select("#materials ~ table a")
    assert len(links) == 2
    answer = client.get(links[0]["href"])
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == b"%PDF-1.4 demo"


def test_sections_that_say_nothing_are_left_out(ledger, client):
    column_for(ledger, "service", "办事服务", "service")
    page = ledger.article("service", "简短指南", model=ServicePage, conditions="<p>条件</p>")
    soup = BeautifulSoup(client.get(path_to(page)).content, "html.parser")
    assert [heading.get_text() for heading in soup.select(".guide-text h2")] == ["申请条件"]
    assert soup.select("nav.box ol") == [] and soup.select("main a.button") == []


def test_a_paper_stored_without_what_is_optional_shows_empty_cells(ledger, client):
    column_for(ledger, "service", "办事服务", "service")
    papers = [("material", {"name": "申请书", "copies": None})]
    page = ledger.article("service", "旧指南", model=ServicePage, materials=papers)
    shown = BeautifulSoup(client.get(path_to(page)).content, "html.parser").select_one("tbody tr")
    assert "申请书" in shown.get_text() and "None" not in shown.get_text()


def test_the_list_says_kind_time_and_where_online(ledger, client):
    sample(ledger, "service")
    row = BeautifulSoup(client.get("/service/").content, "html.parser").select_one(".row")
    words = " ".join(row.get_text().split())
    assert "行政许可" in words and "办理时限：10个工作日" in words
    online = row.select_one("a[href='https://online.example.org/apply']")
    assert online.get_text() == "在线办理：演示办事指南"


def test_what_a_guide_lacks_is_found_and_stops_nothing(ledger):
    column_for(ledger, "service", "办事服务", "service")
    page = ledger.draft(
        "service", "不全的指南", model=ServicePage, conditions="<p>条件</p>", promised_time="3日"
    )
    problems = problems_of(text_of(page.get_latest_revision()), page)
    assert not any(problem.blocking for problem in problems)
    assert {problem.field for problem in problems} == {
        "basis", "materials", "steps", "place", "hours", "phone",
    }  # fmt: skip


def test_the_editor_is_told_at_submission(db):
    house = small_house()
    Column.objects.filter(key="quick").update(kind="service")
    form = nested_form_data({**common("service"), **fields_of("service"), "phone": ""})
    answer = house.client(house.alice).post(
        reverse("wagtailadmin_pages:add", args=["page_types", "servicepage",
                                                house.pages["quick"].pk]),
        {**form, "action-submit": "1"},
        follow=True,
    )  # fmt: skip
    page = ServicePage.objects.get()
    assert page.current_workflow_state, "it is in review"
    said = " ".join(str(message) for message in answer.context["messages"])
    assert "已送审。还请核对：" in said and "缺少“联系电话”" in said
