"""The screen of the audit trail, its file, and who had a hand in a page beside the page."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from page_types.review import services
from page_types.review.audit import sequencer
from page_types.review.audit.models import AuditEntry
from tests.houses import small_house
from tests.once import once

URL = "/admin/review/audit/"


def numbered():
    """A house with a public page of A and a draft of B; everything numbered."""
    house = small_house()
    house.article = house.draft(house.alice, "quick", "全民健身日")
    house.publish(house.article, house.alice)
    house.other = house.draft(house.bob, "notice", "=竞赛通知")
    sequencer.sequence_audit()
    return house


numbered_house = once(numbered)


@pytest.fixture
def trail(numbered_house, settings, tmp_path, db):
    settings.PORTAL_AUDIT_HEADS = tmp_path
    return numbered_house


def lines(client, **query):
    """The entries' lines of the screen, as text."""
    page = BeautifulSoup(client.get(URL, query).content, "html.parser")
    return [" ".join(line.get_text(" ").split()) for line in page.select(".review-line")]


def test_office_centre_and_administrators_see_all_others_their_departments(trail):
    for who in (trail.olga, trail.cai, trail.admin):
        found = "\n".join(
            lines(trail.client(who), about="全民") + lines(trail.client(who), about="竞赛")
        )
        assert "全民健身日" in found and "竞赛通知" in found
    assert lines(trail.client(trail.alice), about="全民")
    assert not lines(trail.client(trail.alice), about="竞赛")
    # A filter does not open what is closed, and the choice does not offer it.
    b = trail.departments["b"].pk
    answer = trail.client(trail.alice).get(URL, {"department": b})
    assert "竞赛通知" not in answer.content.decode()
    assert f'value="{b}"' not in answer.content.decode()
    assert URL in trail.client(trail.alice).get("/admin/").content.decode()


def test_searched_by_who_action_object_period_and_department(trail):
    client = trail.client(trail.olga)
    total = AuditEntry.objects.count()
    for query, told in (
        ({"who": "rita", "action": "wagtail.workflow.approve"}, "李塔"),
        ({"action": "kind:ledger", "about": "全民"}, "首次发布"),
        ({"about": f"#{trail.article.pk}", "action": "event.published"}, "全民健身日"),
        ({"department": trail.departments["b"].pk, "about": "竞赛"}, "竞赛通知"),
    ):
        found = lines(client, **query)
        assert found and all(told in line for line in found), query
    today = AuditEntry.objects.latest("number").at.astimezone().date().isoformat()
    assert lines(client, start=today, about="全民") and not lines(client, end="2020-01-01")
    answer = client.get(URL, {"start": "gestern"})
    assert "输入一个有效的日期" in answer.content.decode()
    assert (
        "结束日期早于开始日期"
        in client.get(URL, {"start": today, "end": "2020-01-01"}).content.decode()
    )
    assert AuditEntry.objects.count() == total


def test_pages_follow_the_numbers_in_both_directions(trail, django_assert_max_num_queries):
    client = trail.client(trail.olga)
    every, url, pages = [], URL, 0
    while url:
        with django_assert_max_num_queries(16):
            page = BeautifulSoup(client.get(url).content, "html.parser")
        every += [int(number.text) for number in page.select(".audit-number")]
        older = page.find("a", string="较早的")
        newer, url, pages = (
            page.find("a", string="较新的"),
            older and URL + older["href"],
            pages + 1,
        )
    assert pages > 2
    assert every == sorted(AuditEntry.objects.values_list("number", flat=True), reverse=True)
    back = BeautifulSoup(client.get(URL + newer["href"]).content, "html.parser")
    assert len(back.select(".audit-number")) == 50


def test_the_file_has_all_that_matches_runs_no_formula_and_is_an_entry_itself(trail):
    client = trail.client(trail.olga)
    answer = client.get(URL, {"about": "竞赛", "export": "csv"}, REMOTE_ADDR="10.0.0.9")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text))
    assert len(rows) == AuditEntry.objects.filter(label__contains="竞赛").count() > 0
    assert {row[heading.index("对象")] for row in rows} == {"'=竞赛通知"}
    sequencer.sequence_audit()
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.user_id) == ("export.downloaded", trail.olga.pk)
    assert entry.facts["filters"] == {"about": "竞赛"} and entry.facts["rows"] == len(rows)
    # Others get their own departments, without network addresses.
    mine = trail.client(trail.bob).get(URL, {"export": "csv"})
    text = b"".join(mine.streaming_content).decode()
    assert "竞赛通知" in text and "全民" not in text and "10.0.0.9" not in text


def test_wagtails_own_tables_and_the_command_are_exports_too(trail, tmp_path):
    trail.client(trail.admin).get("/admin/reports/site-history/?export=csv")
    call_command("export", "publications", "-o", tmp_path / "out.csv", stdout=io.StringIO())
    sequencer.sequence_audit()
    newest = AuditEntry.objects.filter(kind="export").order_by("-number")[:2]
    assert [entry.action for entry in newest] == ["export.written", "export.downloaded"]
    assert newest[1].facts["path"] == "/admin/reports/site-history/"


def test_who_drafted_reviewed_and_published_stands_beside_the_page(trail):
    """In the editor for its authors, on a screen of its own for whoever else may see it."""
    services.submit(trail.other, trail.bob)
    done = ["起草：安丽", "送审：安丽", "处室审核：李塔", "首次发布：李塔"]
    open_yet = ["起草：鲍勃", "送审：鲍勃", "处室审核：待办", "信息中心发布：待办"]
    screen = "/admin/review/audit/pages/{}/"
    for who, url, page, told in (
        (trail.alice, "/admin/pages/{}/edit/", trail.article, done),
        (trail.bob, "/admin/pages/{}/edit/", trail.other, open_yet),
        (trail.olga, screen, trail.article, done),
        (trail.lu, screen, trail.other, open_yet),
    ):
        answer = trail.client(who).get(url.format(page.pk))
        assert answer.status_code == 200, url
        course = BeautifulSoup(answer.content.decode(), "html.parser").select(".audit-course li")
        said = ["".join(line.get_text().split()) for line in course]
        for each in told:
            assert any(line.startswith(each) for line in said), (each, said)
    assert trail.client(trail.alice).get(screen.format(trail.other.pk)).status_code == 404
    listing = trail.client(trail.olga).get(f"/admin/pages/{trail.pages['quick'].pk}/")
    assert screen.format(trail.article.pk) in listing.content.decode()


def test_the_public_page_names_who_publishes_and_who_answers_for_it(trail, client):
    page = BeautifulSoup(client.get("/quick/").content, "html.parser")
    link = page.find("a", string="全民健身日")["href"]
    page = BeautifulSoup(client.get(link).content, "html.parser")
    main = page.main.get_text(" ", strip=True)
    assert "发布机构 群众体育处" in main
    assert "责任处室" in page.get_text()
