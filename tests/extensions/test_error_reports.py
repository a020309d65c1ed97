"""我为网站找错: reported by anybody, passed on and answered by those whose duty it is."""

import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from extensions.error_reports import services
from extensions.error_reports.deadlines import end_of_working_day
from extensions.error_reports.models import ErrorReport
from page_types.organisation.models import CalendarDay
from tests.houses import small_house
from tests.once import once

DOOR, DESK = "/report-error/", "/admin/error-reports/"
CONTACT = "13800000000"


house_of_the_module = once(small_house)


@pytest.fixture
def house(house_of_the_module, db):
    cache.clear()
    return deepcopy(house_of_the_module)


def told(**more):
    return {
        "page": "/news/", "kind": "misspelt", "description": "“体肓”应为“体育”", "contact": CONTACT,
        **more,
    }  # fmt: skip


def report(client, **more):
    """(report, code) of a report sent through the door."""
    page = BeautifulSoup(client.post(DOOR, told(**more)).content, "html.parser")
    reference, code = (found.get_text() for found in page.select(".receipt dd"))
    return ErrorReport.objects.get(reference=reference), code


def state(client, reference, code):
    form = {"reference": reference, "code": code}
    return client.post(f"{DOOR}state/", form).content.decode()


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Runs an act; returns the addresses that were mailed because of it."""

    def run(act, *args, **more):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **more)
        return sorted(letter.to[0] for letter in mail.outbox)

    return run


@pytest.mark.parametrize(
    "asked, filled",
    [
        ({"page": "/news/x/"}, "/news/x/"),
        ({"page": "https://evil.example/"}, ""),
        ({"page": "//evil.example/"}, ""),
        ({"page": "/\\evil.example/"}, ""),
        ({"page": "/%2f/evil.example"}, ""),
        ({"page": "javascript:alert(1)"}, ""),
        ({}, "/notice/"),  # where the visitor came from
    ],
)
def test_the_page_is_filled_in_with_addresses_of_this_site_only(house, client, asked, filled):
    answer = client.get(DOOR, asked, headers={"referer": "http://testserver/notice/"})
    page = BeautifulSoup(answer.content, "html.parser")
    if not filled:  # a foreign address is not repeated; the referrer steps in
        filled = "/notice/"
    assert page.find(id="id_page")["value"] == filled


@pytest.mark.parametrize(
    "change, words",
    [
        ({"page": "https://evil.example/"}, "不是本网站的网址"),
        ({"kind": ""}, "请选择错误类型"),
        ({"kind": "invented"}, "invented"),
        ({"description": ""}, "请写明错误在哪里"),
        ({"description": "字" * 1001}, "1000"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(house, client, change, words):
    assert words in client.post(DOOR, told(**change)).content.decode()
    assert not ErrorReport.objects.exists()


def test_from_report_to_answer(house, client, sent):
    made = []
    assert sent(lambda: made.extend(report(client))) == ["cai@example.org", "chen@example.org"]
    found, code = made
    assert CONTACT not in mail.outbox[0].body
    assert "已收到，待转办" in state(client, found.reference, code)

    desk = house.client(house.cai)
    assert found.reference in desk.get(DESK).content.decode()
    page = desk.get(f"{DESK}{found.pk}/").content.decode()
    chosen = BeautifulSoup(page, "html.parser").select_one("#id_department option[selected]")
    assert chosen.get_text() == "群众体育处"  # it owes the column
    assert CONTACT in page
    officers = ["alice@example.org", "andy@example.org", "rita@example.org", "rolf@example.org"]
    to = {"action": "pass_on", "department": house.departments["a"].pk}
    assert sent(desk.post, f"{DESK}{found.pk}/", to) == officers
    assert "群众体育处" in state(client, found.reference, code)

    officer = house.client(house.alice)
    assert "待处理的找错 (1)" in officer.get("/admin/").content.decode()
    officer.post(f"{DESK}{found.pk}/", {"action": "answer", "text": "已更正，谢谢。"})
    found.refresh_from_db()
    assert (found.state, found.answered_by) == ("answered", house.alice)
    text = state(client, found.reference, code.lower())
    assert "已更正，谢谢。" in text
    assert CONTACT not in text and "安丽" not in text
    page = desk.get(f"{DESK}{found.pk}/").content.decode()
    assert "转给群众体育处承办" in page and "安丽" in page
    assert "待处理的找错 (" not in officer.get("/admin/").content.decode()
    with pytest.raises(services.ReportRefused):
        services.answer(found.pk, house.cai, "再答一次")


def test_staff_are_written_to_in_chinese_whatever_the_visitor_reads(house, client, sent):
    with override("en"):
        assert sent(report, client, kind="link") == ["cai@example.org", "chen@example.org"]
    assert "待转办" in mail.outbox[0].subject and "链接打不开" in mail.outbox[0].body


def test_in_a_shared_column_the_pages_own_department_is_proposed(house, client):
    house.publish(house.draft(house.bob, "notice", "演示公告", slug="gong-gao"), house.bob)
    for page, department in (("/notice/gong-gao/", ["竞技体育处"]), ("/notice/", [])):
        found, _code = report(client, page=page)
        assert [each.name for each in services.owners_of(found)] == department


def test_reference_and_code_are_both_needed(house, client):
    found, code = report(client)
    for reference, secret in ((found.reference, "AAAAAAAA"), ("2000-00001", code), ("", "")):
        assert "体肓" not in state(client, reference, secret)
        assert "已收到，待转办" not in state(client, reference, secret)
    assert code not in found.code_hash


def test_only_those_whose_duty_it_is_see_and_act(house, client):
    found, _code = report(client)
    a, b = house.departments["a"], house.departments["b"]
    for person in (house.alice, house.bob, house.lin):
        assert house.client(person).get(f"{DESK}{found.pk}/").status_code in (302, 403)
        with pytest.raises(services.ReportRefused):
            services.pass_on(found.pk, person, a)
    services.pass_on(found.pk, house.olga, a)
    assert house.client(house.bob).get(f"{DESK}{found.pk}/").status_code in (302, 403)
    assert found.reference not in house.client(house.bob).get(DESK).content.decode()
    for person in (house.bob, house.beate, house.lin):
        with pytest.raises(services.ReportRefused):
            services.answer(found.pk, person, "不是我们的")
    with pytest.raises(services.ReportRefused):
        services.pass_on(found.pk, house.cai, a)  # it has it already
    services.pass_on(found.pk, house.rita, b)  # not ours: to whom it belongs
    with pytest.raises(services.ReportRefused):
        services.answer(found.pk, house.rita, "已经转走")
    with pytest.raises(services.ReportRefused):
        services.answer(found.pk, house.beate, "  ")
    assert services.answer(found.pk, house.beate, "已更正").answer == "已更正"


def test_the_list_is_narrowed_by_state_kind_and_lateness(house, client):
    late, _code = report(client)
    late.pass_on_due = timezone.now() - timedelta(days=1)
    late.save()
    other, _code = report(client, kind="link")
    desk = house.client(house.cai)

    def listed(**query):
        text = desk.get(DESK, query).content.decode()
        return {each.reference for each in (late, other) if each.reference in text}

    assert listed() == {late.reference, other.reference}
    assert listed(state="overdue") == {late.reference}
    assert listed(kind="link") == {other.reference}
    assert listed(state="answered") == set()
    assert listed(department="²") == {late.reference, other.reference}
    assert "已超期" in desk.get("/admin/").content.decode()


def test_machines_are_thanked_and_forgotten_and_floods_refused(house, client, settings):
    assert "已经收到" in client.post(DOOR, told(website="x")).content.decode()
    assert not ErrorReport.objects.exists()
    limit = int(settings.ERROR_REPORT_RATE.split("/")[0])
    answers = [client.post(DOOR, told()).status_code for _number in range(limit)]
    assert answers == [200] * (limit - 1) + [429]
    assert ErrorReport.objects.count() == limit - 1


@pytest.mark.parametrize(
    "received, days, due",
    [
        ((2026, 11, 24, 2), 1, "2026-11-25"),  # Tuesday
        ((2026, 11, 27, 2), 1, "2026-11-30"),  # Friday
        ((2026, 11, 27, 17), 1, "2026-11-30"),  # Saturday by Beijing time
        ((2026, 11, 26, 2), 3, "2026-12-01"),  # Thursday
        ((2026, 9, 30, 2), 3, "2026-10-10"),  # before the National Day; the 10th is worked
    ],
)
def test_deadlines_count_working_days_in_local_time(db, received, days, due):
    end = timezone.localtime(end_of_working_day(datetime(*received, tzinfo=UTC), days))
    assert f"{end:%Y-%m-%d}" == due


def test_a_year_loaded_later_moves_the_days_of_reports_that_wait(
    house, client, django_capture_on_commit_callbacks
):
    waiting, _code = report(client)
    answered, _code = report(client)
    services.answer(answered.pk, house.cai, "已更正")
    day = timezone.localtime(waiting.answer_due).date()
    with django_capture_on_commit_callbacks(execute=True):
        CalendarDay.objects.create(date=day, is_workday=False, name="台风停工")
    for found, moved in ((waiting, True), (answered, False)):
        found.refresh_from_db()
        assert (timezone.localtime(found.answer_due).date() > day) is moved


def test_contacts_are_erased_when_the_privacy_notice_says(house, client, settings):
    found, code = report(client)
    services.answer(found.pk, house.cai, "已更正")
    kept, _code = report(client)
    text = client.get("/privacy/").content.decode()
    assert f"答复满 {settings.ERROR_REPORT_CONTACT_DAYS} 天" in text
    days = timedelta(days=settings.ERROR_REPORT_CONTACT_DAYS)
    for shift, contact in ((timedelta(hours=1), CONTACT), (-timedelta(hours=1), "")):
        ErrorReport.objects.filter(pk=found.pk).update(answered_at=timezone.now() - days + shift)
        call_command("purge_error_reports", verbosity=0)
        found.refresh_from_db()
        assert found.contact == contact
    kept.refresh_from_db()
    assert kept.contact == CONTACT
    assert not re.search("已更正", state(client, found.reference, code))
