"""双公示 through people's doors: written, reviewed, found, corrected, withdrawn, over."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from extensions.credit import clock, statements
from extensions.credit.desk.lists import list_url
from extensions.credit.models import Licence, NoRecordStatement, Penalty
from page_types.organisation.calendar import add_working_days
from page_types.publication.columns import touch_columns
from page_types.publication.models import Column
from search import indexing
from tests.extensions.credit_house import (
    COMPANY,
    act,
    approve,
    build,
    draft,
    licence,
    posted,
    published,
)
from tests.once import once

pytestmark = pytest.mark.django_db

house_of_the_module = once(build)


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


def add(house, user, kind, values, department="a"):
    """What the officer sees after sending the form."""
    data = {**posted(values), "department": house.departments[department].pk}
    url = reverse("credit:add", args=[kind])
    return house.client(user).post(url, data, follow=True).content.decode()


def test_from_the_form_to_the_citizen(house, client):
    assert "已保存为草稿" in add(house, house.alice, "licence", licence())
    record = Licence.objects.get()
    assert record.due_on == add_working_days(record.decided_on, 7).day
    act(house, house.alice, record, "submit")
    assert client.get(record.get_absolute_url()).status_code == 404
    # Who wrote it does not approve it, nor does another department.
    assert approve(house, house.beate, record).state == "in_review"
    approve(house, house.rita, record)
    record.refresh_from_db()
    assert (record.state, record.public_on) == ("public", timezone.localdate())
    indexing.catch_up()
    for asked in (COMPANY, "阳光游泳馆", "体许〔2026〕1号"):
        listed = client.get(reverse("credit_licences"), {"q": asked}).content.decode()
        assert record.get_absolute_url() in listed
        found = client.get("/search/", {"q": asked}).content.decode()
        assert record.get_absolute_url() in found
    page = client.get(record.get_absolute_url()).content.decode()
    for words in ("准予经营游泳项目", "行政许可法", COMPANY, "GovernmentPermit"):
        assert words in page


def test_the_form_says_what_is_wrong_and_saves_nothing(house):
    wrong = licence(credit_code="91230500MA1B3N1N2X", valid_to=date(2020, 1, 1), content="")
    page = add(house, house.alice, "licence", wrong)
    assert "校验码不符" in page
    assert "早于" in page
    assert "“许可内容”必须填写" in page
    assert not Licence.objects.exists()
    # For another department nobody writes.
    page = add(house, house.alice, "licence", licence(), department="b")
    assert not Licence.objects.exists()


def test_a_number_stands_once_for_each_body(house):
    draft(house)
    page = add(house, house.alice, "licence", licence())
    assert "已有文号" in page
    assert Licence.objects.count() == 1


def test_nobody_writes_over_what_another_has_saved(house):
    record = draft(house)
    url = reverse("credit:edit", args=["licence", record.pk])
    page = house.client(house.andy).get(url).context["form"]["version"].value()
    first = {**posted(licence(content="甲")), "version": page}
    house.client(house.alice).post(url, first)
    answer = house.client(house.andy).post(url, {**first, "content": "乙"}).content.decode()
    assert "他人已保存" in answer
    record.refresh_from_db()
    assert record.content == "甲"


def test_a_correction_needs_a_reason_and_tells_the_public(house, client):
    record = published(house)
    url = reverse("credit:correct", args=["licence", record.pk])
    data = {**posted(licence(content="准予经营游泳、潜水项目")), "version": record.version}
    house.client(house.alice).post(url, data)
    record.refresh_from_db()
    assert record.content == "准予经营游泳项目"
    house.client(house.alice).post(
        url, {**data, "reason": "漏写项目", "note": "更正许可内容：补充潜水项目。"}
    )
    page = client.get(record.get_absolute_url()).content.decode()
    assert "游泳、潜水" in page
    assert "补充潜水项目" in page
    assert "漏写项目" not in page
    history = house.client(house.rita).get(
        reverse("records_ext_credit_licence_history", args=[record.pk])
    )
    assert "漏写项目" in history.content.decode()


def test_a_withdrawn_record_leaves_its_number_and_the_note(house, client):
    record = published(house)
    told = act(house, house.alice, record, "withdraw", reason="决定被撤销", note="")
    assert record.state == "public"
    told = act(house, house.alice, record, "withdraw", reason="撤销决定书", note="该决定已被撤销。")
    assert "已撤下" in told
    answer = client.get(record.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 200  # lists link to it: the note is what is published now
    assert "noindex" in page
    assert "该决定已被撤销" in page
    assert "体许〔2026〕1号" in page
    assert "阳光游泳馆" not in page
    assert "撤销决定书" not in page
    listed = client.get(reverse("credit_licences"), {"q": "体许〔2026〕1号"}).content.decode()
    assert "已撤下" in listed
    assert "阳光游泳馆" not in listed
    assert record.get_absolute_url() not in client.get("/search/", {"q": COMPANY}).content.decode()


def test_a_penalty_is_hidden_when_its_time_is_over_and_the_office_keeps_it(house, client):
    old = timezone.localdate() - timedelta(days=364)
    record = published(house, "penalty", decided_on=old, valid_until=old)
    assert record.is_late
    assert client.get(record.get_absolute_url()).status_code == 200
    assert record.shown_until == date(old.year + 1, old.month, old.day)
    ended = timezone.localdate() - timedelta(days=1)
    Penalty.objects.filter(pk=record.pk).update(publicity_until=ended, shown_until=ended)
    # Hidden at midnight, before the clock has come by.
    assert client.get(record.get_absolute_url()).status_code == 410
    assert not client.get(reverse("credit_penalties")).context["total"]
    clock.work()
    record.refresh_from_db()
    assert (record.state, record.ended_on) == ("over", ended)
    assert (
        record.document_number
        in house.client(house.alice).get(list_url("penalty")).content.decode()
    )


def test_light_penalties_are_not_shown_unless_somebody_says_so(house, client):
    record = published(house, "penalty", penalty_kinds="警告", content="警告", fine=None)
    assert record.state == "reviewed"
    assert client.get(record.get_absolute_url()).status_code == 404
    act(house, house.alice, record, "public", reason="有社会影响")
    assert client.get(record.get_absolute_url()).status_code == 200


def test_repair_waits_for_the_shortest_period(house, client):
    record = published(house, "penalty")
    assert "最短公示期" in act(house, house.rita, record, "repair", reason="修复决定")
    old = timezone.localdate() - timedelta(days=200)
    older = published(
        house, "penalty", decided_on=old, valid_until=old, document_number="体罚〔2026〕2号"
    )
    act(house, house.rita, older, "repair", reason="修复决定")
    assert older.state == "repaired"
    assert client.get(older.get_absolute_url()).status_code == 410


def test_none_this_month_is_said_shown_and_overtaken(house, client):
    month = timezone.localdate().replace(day=1)
    data = {"kind": "licence", "month": f"{month:%Y-%m}", "department": house.departments["a"].pk}
    house.client(house.alice).post(reverse("credit:none"), data)
    text = f"{month:%Y-%m}：群众体育处本月无行政许可信息"
    assert text in client.get(reverse("credit_licences")).content.decode()
    record = published(house, decided_on=timezone.localdate(), valid_from=timezone.localdate())
    assert text not in client.get(reverse("credit_licences")).content.decode()
    assert NoRecordStatement.objects.get().withdrawn_on
    house.client(house.alice).post(reverse("credit:none"), data)
    assert NoRecordStatement.objects.count() == 1
    assert statements.missing("licence", record.department_id, date(2020, 2, 3)) == date(2020, 1, 1)


def test_bulk_review_takes_each_by_itself(house):
    records = [draft(house, document_number=f"体许〔2026〕{n}号") for n in (1, 2)]
    for record in records:
        act(house, house.alice, record, "submit")
    url = reverse("credit:review", args=["licence"])
    lines = house.client(house.rita).get(url).context["lines"]
    chosen = [f"{line['review'].pk}:{line['seen']}" for line in lines]
    Licence.objects.filter(pk=records[1].pk).update(content="改过")
    told = house.client(house.rita).post(url, {"chosen": chosen}, follow=True).content.decode()
    assert "已批准 1 条" in told
    assert "内容已变动" in told
    assert [Licence.objects.get(pk=r.pk).state for r in records] == ["public", "in_review"]


def test_each_department_sees_its_own(house):
    record = draft(house)
    beate = house.client(house.beate)
    assert beate.get(reverse("credit:detail", args=["licence", record.pk])).status_code == 404
    assert record.document_number not in beate.get(list_url("licence")).content.decode()
    assert (
        house.client(house.olga)
        .get(reverse("credit:detail", args=["licence", record.pk]))
        .status_code
        == 200
    )


def test_an_old_version_comes_back_as_a_new_one(house, client):
    record = published(house)
    url = reverse("credit:correct", args=["licence", record.pk])
    changed = {**posted(licence(content="改错了")), "version": record.version}
    house.client(house.alice).post(url, {**changed, "reason": "误改", "note": "更正内容。"})
    version = record.history.filter(content="准予经营游泳项目").first()
    back = reverse("records_ext_credit_licence_revert", args=[record.pk, version.pk])
    newest = house.client(house.alice).get(back).context["form"]["newest"].value()
    house.client(house.alice).post(back, {"reason": "改回", "newest": newest})
    record.refresh_from_db()
    assert (record.content, record.state) == ("准予经营游泳项目", "public")
    assert "恢复为此前公示的内容" in client.get(record.get_absolute_url()).content.decode()


def test_the_home_page_says_what_is_near_its_day(house):
    draft(house, decided_on=timezone.localdate() - timedelta(days=30),
          valid_from=timezone.localdate())  # fmt: skip
    page = house.client(house.alice).get("/admin/").content.decode()
    assert "已超过 7 个工作日" in page


def test_filters_sort_pages_and_files_say_the_same(house, client):
    for n in range(1, 4):
        kinds = "罚款；警告" if n == 3 else "罚款"
        published(house, "penalty", document_number=f"体罚〔2026〕{n}号", penalty_kinds=kinds)
    url = reverse("credit_penalties")
    year = str(timezone.localdate().year)
    for asked, expected in (
        ({"sort": "警告"}, 1), ({"year": "2001"}, 0), ({"year": "x"}, 0), ({"status": "public"}, 3),
        ({"department": "b"}, 0), ({"department": "a"}, 3), ({"q": "\0"}, 3),
    ):  # fmt: skip
        assert client.get(url, asked).context["total"] == expected, asked
        rows = client.get(reverse("credit_penalties_file", args=["json"]), asked)
        assert b"".join(rows.streaming_content).decode().count("CF_WSH") == expected or not expected
    numbers = [r.document_number for r in client.get(url, {"order": "number"}).context["lines"]]
    assert numbers == sorted(numbers)
    assert client.get(url, {"page": "999"}).status_code == 200
    feed = client.get(reverse("credit_penalties_feed")).content.decode()
    assert feed.count("<item>") == 3
    overview = client.get(reverse("credit")).content.decode()
    assert f"{year} 年作出的行政处罚决定已公示 3 件" in overview
    assert "<svg" in overview


def test_a_record_is_an_update_of_its_column(house, client):
    Column.objects.filter(key="notice").update(kind="credit")
    touch_columns()
    published(house)
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert today in client.get("/site-map/").content.decode()
    assert f'datetime="{today}' in client.get("/notice/").content.decode()
