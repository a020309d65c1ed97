"""Two-working-day rule: what a normative document owes the office, and who is told of it."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from page_types.content import InterpretedDocument
from page_types.models import PolicyPage
from page_types.organisation import calendar
from page_types.organisation.models import CalendarDay
from page_types.policy import RelatedDocument
from page_types.review import services
from page_types.review.follow_up import reminders, reporting
from page_types.review.follow_up.models import PlanNumber, ReportingDuty
from page_types.review.notices.models import Notice
from tests.review.homes import home, words

pytestmark = pytest.mark.django_db


def back(days):
    """The day from which today is the `days`-th working day."""
    day = timezone.localdate()
    while calendar.working_days_between(day, timezone.localdate()) < days:
        day -= timedelta(days=1)
    return day


def save(house, page):
    page.save_revision(user=house.bob, log_action=True)
    house.declare(page, house.bob)
    return page


def document(house, title="演示办法", signed=None):
    """A normative document of department B, a draft."""
    page = PolicyPage(
        title=title, department=house.departments["b"], owner=house.bob, live=False,
        normative=True, signed_date=signed or timezone.localdate(), issuing_body="广东省体育局",
        document_number="粤体〔2026〕1号", body=[("paragraph", f"<p>{title}的正文</p>")],
    )  # fmt: skip
    house.pages["policy"].add_child(instance=page)
    return save(house, page)


def link(house, page, note):
    page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.related_documents = [RelatedDocument(role="drafting_note", page_id=note.pk)]
    return save(house, page)


def interpretation(house, page):
    made = house.draft(house.bob, "policy", f"{page.title}解读")
    made.interprets = [InterpretedDocument(page_id=page.pk)]
    return save(house, made)


def to_the_office(house, page):
    services.submit(page, house.bob)
    house.pass_on(page, house.beate, house.lu)


def test_all_three_parts_reach_the_office_in_time(house):
    page = document(house)
    duty = ReportingDuty.objects.get(pk=page.pk)
    assert duty.due == calendar.add_working_days(timezone.localdate(), 2).day
    told = home(house, house.bob)
    assert "演示办法" in told and "文件、起草说明、政策解读最迟" in told and "剩 2 个工作日" in told
    assert "演示办法" in home(house, house.beate) and "演示办法" in home(house, house.olga)
    assert "演示办法" not in home(house, house.alice)
    to_the_office(house, page)
    assert ReportingDuty.objects.get(pk=page.pk).missing == ["起草说明", "政策解读"]
    # A newer draft names the note; the interpretation names the document.
    house.pass_on(page, house.olga, house.cai)
    note, explained = house.draft(house.bob, "policy", "起草说明"), interpretation(house, page)
    link(house, page, note)
    services.submit(note, house.bob)
    house.pass_on(note, house.beate)
    assert ReportingDuty.objects.get(pk=page.pk).note_at is None, (
        "the leader has it, not the office"
    )
    house.pass_on(note, house.lu)
    assert ReportingDuty.objects.get(pk=page.pk).missing == ["政策解读"]
    to_the_office(house, explained)
    duty.refresh_from_db()
    assert duty.done_at and not duty.missing
    assert "演示办法" not in home(house, house.olga)
    row = BeautifulSoup(
        house.client(house.olga).get(reverse("review:reporting")).content, "html.parser"
    ).select_one("tbody tr")
    assert [cell.text for cell in row.select("th, td")] == ["竞技体育处", "1", "1", "0", "0", "0"]


def test_late_ones_are_counted_reminded_and_seen_by_their_department_only(house):
    page = document(house, signed=back(3))
    assert "逾期 1 个工作日" in home(house, house.olga)
    assert "演示办法" in words(house, house.bob, "review:reporting")
    assert "演示办法" not in words(house, house.alice, "review:reporting")
    today = calendar.add_working_days(back(3), 3).day
    assert reminders.remind(today) and not reminders.remind(today), "once a day"
    told = set(Notice.objects.filter(kind="follow_up").values_list("user__username", flat=True))
    assert told == {"bob", "beate", "olga", "otto"}
    to_the_office(house, page)
    explained, note = interpretation(house, page), house.draft(house.bob, "policy", "起草说明")
    link(house, page, note)
    for each in (explained, note):
        to_the_office(house, each)
    row = reporting_row(house)
    assert row == ["竞技体育处", "1", "0", "1", "0", "0"]


def reporting_row(house):
    page = house.client(house.olga).get(reverse("review:reporting")).content
    return [
        cell.text for cell in BeautifulSoup(page, "html.parser").select("tbody tr th, tbody tr td")
    ]


def test_the_calendar_moves_open_days_and_the_plan_sets_their_number(
    house, django_capture_on_commit_callbacks
):
    PlanNumber.objects.update_or_create(name=reporting.DAYS, defaults={"value": 5})
    page = document(house)
    before = ReportingDuty.objects.get(pk=page.pk)
    assert before.due == calendar.add_working_days(timezone.localdate(), 5).day
    with django_capture_on_commit_callbacks(execute=True):
        CalendarDay.objects.create(date=before.due, is_workday=False, name="台风停工")
    after = ReportingDuty.objects.get(pk=page.pk)
    assert after.due == calendar.add_working_days(before.due, 1).day
    # What is no normative document, is older than the rule, or goes again, owes nothing.
    house.edit(page, house.bob, normative=False)
    assert not ReportingDuty.objects.exists()
    house.edit(page, house.bob, normative=True, signed_date=date(2015, 12, 31))
    assert not ReportingDuty.objects.exists()
    house.edit(page, house.bob, signed_date=date(2016, 3, 7))
    assert ReportingDuty.objects.get().due == date(2016, 3, 14)
    Page.objects.get(pk=page.pk).delete()
    assert not ReportingDuty.objects.exists()


def test_taking_a_review_back_takes_the_report_back(house):
    page = document(house)
    to_the_office(house, page)
    services.cancel_review(page, house.bob)
    reporting.refresh([page.pk])
    assert "文件" in ReportingDuty.objects.get().missing


def test_a_normative_document_needs_its_signed_date(house):
    page = document(house)
    house.edit(page, house.bob, signed_date=None)
    with pytest.raises(services.ReviewRefused, match="成文日期"):
        services.submit(page, house.bob)
