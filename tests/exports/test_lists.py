"""Lists of the site and of the admin as data sets, as their readers may have them."""

import csv
import io
import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from extensions.error_reports.models import ErrorReport
from page_types.review.audit.models import AuditEntry
from page_types.review.audit.sequencer import sequence_audit
from tests.houses import small_house
from tests.once import once

house = once(small_house)


@pytest.fixture
def bureau(house, db):
    cache.clear()
    return house


def rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def export(client, name, **more):
    return client.post(reverse("portal_exports:dataset", args=[name]), {"format": "csv", **more})


def test_public_pages_are_a_list_by_column_and_a_column_leads_to_its_own(bureau):
    page = bureau.draft(bureau.alice, "quick", "健步走活动")
    assert not rows(Client().get("/open-data/pages.csv?column=quick"))
    bureau.publish(page, bureau.alice)
    bureau.draft(bureau.alice, "quick", "没有发布的稿件")
    [line] = rows(Client().get("/open-data/pages.csv?column=quick"))
    assert line["标题"] == "健步走活动" and line["栏目"] == "群体动态"
    assert Client().get(line["网址"].partition("testserver")[2] or line["网址"]).status_code == 200
    assert Client().get("/open-data/pages.csv?column=nothing").status_code == 400
    html = Client().get("/quick/").content.decode()
    assert "/open-data/pages.csv?column=quick" in html


def test_columns_are_a_list_with_owner_and_last_update(bureau):
    page = bureau.draft(bureau.alice, "quick", "健步走活动")
    bureau.publish(page, bureau.alice)
    data = Client().get("/api/v1/datasets/columns/").json()
    lines = {row["key"]: row for row in data["results"]}
    assert lines["quick"]["title"] == "群体动态"
    assert lines["quick"]["updated"] == timezone.localdate().isoformat()
    assert lines["news"]["updated"] is None


def test_the_trail_is_had_as_on_its_screen(bureau):
    page = bureau.draft(bureau.bob, "policy", "乙处的稿件")
    bureau.publish(page, bureau.bob)
    sequence_audit()
    mine = rows(export(bureau.client(bureau.alice), "audit"))
    every = rows(export(bureau.client(bureau.olga), "audit"))
    assert "乙处的稿件" not in {line["对象"] for line in mine}
    assert "乙处的稿件" in {line["对象"] for line in every} and len(every) > len(mine)
    sequence_audit()
    narrowed = rows(export(bureau.client(bureau.olga), "audit", kind="export"))
    assert {line["类别"] for line in narrowed} == {"导出"}
    for path in ("/open-data/audit.csv", "/api/v1/datasets/audit/"):
        assert bureau.client(bureau.olga).get(path).status_code == 404


def test_columns_that_are_behind_are_for_those_who_watch(bureau):
    assert export(bureau.client(bureau.alice), "columns_behind").status_code in (302, 403)
    assert not rows(export(bureau.client(bureau.olga), "columns_behind"))
    address = reverse("portal_exports:dataset", args=["columns_behind"])
    for who, there in ((bureau.olga, True), (bureau.alice, False)):
        screen = bureau.client(who).get(reverse("review:columns")).content.decode()
        assert (address in screen) == there


def test_error_reports_go_out_without_contacts_to_those_who_see_them(bureau):
    now = timezone.now()
    for number, code in enumerate("ab"):
        ErrorReport.objects.create(
            reference=f"R{number}", page="/quick/", kind="link", description="=打不开",
            contact="13800000000", received_at=now, pass_on_due=now, answer_due=now,
            department=bureau.departments[code], state="passed_on",
        )  # fmt: skip
    every = rows(export(bureau.client(bureau.olga), "error_reports"))
    assert [line["编号"] for line in every] == ["R0", "R1"] and "13800000000" not in str(every)
    assert every[0]["说明"] == "'=打不开"
    [mine] = rows(export(bureau.client(bureau.alice), "error_reports", kind="link"))
    assert mine["编号"] == "R0"
    client = bureau.client(bureau.olga)
    screen = client.get(reverse("error_reports:index"), {"state": "passed_on"}).content.decode()
    link = reverse("portal_exports:dataset", args=["error_reports"]) + "?state=passed_on"
    assert link in screen
    assert 'value="passed_on" selected' in client.get(link).content.decode()


@pytest.mark.parametrize("name", ["manuscripts", "subscriptions"])
def test_lists_of_desks_are_for_those_who_enter_them(bureau, name):
    assert not rows(export(bureau.client(bureau.olga), name))
    if name == "subscriptions":
        assert export(bureau.client(bureau.alice), name).status_code in (302, 403)


def test_what_a_user_reads_through_the_interface_is_on_record(bureau):
    Client().get("/api/v1/datasets/columns/")
    client = bureau.client(bureau.alice)
    first = client.get("/api/v1/datasets/columns/?size=2")
    assert rows(client.get("/open-data/columns.csv"))
    client.get("/api/v1/datasets/")
    sequence_audit()
    entries = AuditEntry.objects.filter(kind="export").order_by("number")
    assert [(e.action, e.user_id, e.label) for e in entries] == [
        ("export.read", bureau.alice.pk, "columns.api"),
        ("export.downloaded", bureau.alice.pk, "columns.csv"),
    ]
    facts = json.loads(entries[0].data)
    assert facts["rows"] == 2 and facts["filters"]["size"] == 2 and first["ETag"]
