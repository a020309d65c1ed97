"""Working days: golden values, the bureau's own table, years that nobody knows yet."""

import importlib.util
import sys
from datetime import date, timedelta

import chinese_calendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from page_types.organisation import calendar
from page_types.organisation.calendar_text import read_year
from page_types.organisation.checks import next_year_is_known
from page_types.organisation.models import CalendarDay, CalendarYear, Department, Post, User
from page_types.organisation.services import appoint

pytestmark = pytest.mark.django_db

#: Start (not counted) -> the 7th, 15th and 20th working day after it.
GOLDEN = {
    "2016-09-01": ("2016-09-12", "2016-09-23", "2016-09-30"),
    "2016-09-28": ("2016-10-12", "2016-10-24", "2016-10-31"),
    "2019-05-15": ("2019-05-24", "2019-06-05", "2019-06-13"),
    "2024-02-08": ("2024-02-23", "2024-03-06", "2024-03-13"),
    "2025-09-28": ("2025-10-14", "2025-10-24", "2025-10-31"),
    "2026-01-30": ("2026-02-10", "2026-02-27", "2026-03-05"),
    "2026-09-18": ("2026-09-29", "2026-10-15", "2026-10-22"),
    "2026-11-24": ("2026-12-03", "2026-12-15", "2026-12-22"),
    # From a day off, where the library's own function is one day late.
    "2026-10-03": ("2026-10-15", "2026-10-27", "2026-11-03"),
}
#: The first year that the installed library does not know.
UNKNOWN = max(chinese_calendar.holidays).year + 1


@pytest.fixture
def keeper(client):
    office = Department.objects.create(code="office", name="办公室")
    user = User.objects.create(username="olga", department=office)
    appoint(user, Post.OFFICE)
    client.force_login(user)
    return client


@pytest.mark.parametrize("start", GOLDEN)
def test_golden_values(start):
    found = [calendar.add_working_days(date.fromisoformat(start), n) for n in (7, 15, 20)]
    assert tuple(each.day.isoformat() for each in found) == GOLDEN[start]
    assert not any(each.provisional for each in found)
    for number, each in zip((7, 15, 20), found, strict=True):
        assert calendar.working_days_between(date.fromisoformat(start), each.day) == number


def test_a_year_nobody_knows_is_monday_to_friday_and_says_so():
    found = calendar.add_working_days(date(UNKNOWN - 1, 12, 31), 20)
    assert found.provisional and "暂按周一至周五推算" in str(found)
    assert found.day.weekday() < 5
    assert not calendar.is_working_day(date(UNKNOWN, 5, 1)) or date(UNKNOWN, 5, 1).weekday() < 5


def test_one_day_of_the_bureaus_table_overrides_the_library(keeper):
    assert calendar.is_working_day(date(2026, 11, 24))
    told = []
    calendar.on_calendar_change(lambda: told.append(True))
    data = {"date": "2026-11-24", "is_workday": "", "name": "台风停工"}
    keeper.post(reverse("calendar:add"), data)
    assert not calendar.is_working_day(date(2026, 11, 24))
    assert calendar.add_working_days(date(2026, 11, 23), 1).day == date(2026, 11, 25)
    CalendarDay.objects.get().delete()
    assert calendar.is_working_day(date(2026, 11, 24))


def test_a_year_is_loaded_from_the_notice_and_deadlines_follow(
    keeper, django_capture_on_commit_callbacks
):
    followed = []
    follow = calendar.on_calendar_change(lambda: followed.append(calendar.is_known(UNKNOWN)))
    lines = f"{UNKNOWN}-01-01,休,元旦\n{UNKNOWN}年2月6日\t班\t春节调休\n\n{UNKNOWN}/1/4，休"
    try:
        with django_capture_on_commit_callbacks(execute=True):
            keeper.post(reverse("calendar_year"), {"year": UNKNOWN, "lines": lines})
    finally:
        calendar._followers.remove(follow)
    assert followed == [True]
    assert list(CalendarDay.objects.values_list("is_workday", flat=True)) == [True, False, False]
    assert not calendar.is_working_day(date(UNKNOWN, 1, 4))
    assert not calendar.add_working_days(date(UNKNOWN, 1, 1), 3).provisional
    assert next_year_is_known(None) == []


#: As the State Council's notice of a year reads.
NOTICE = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""


def test_the_notice_itself_can_be_pasted_and_says_what_the_library_says(keeper):
    days, wrong = read_year(NOTICE, 2026)
    assert wrong == []
    ours = {day for day, (worked, _name) in days.items() if not worked}
    of_library = {day for day in chinese_calendar.holidays if day.year == 2026}
    # The library lists the holidays' own weekends too; what counts is the same on every day.
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)):
        worked = days[day][0] if day in days else day.weekday() < 5
        assert worked == chinese_calendar.is_workday(day), day
    assert ours >= {day for day in of_library if day.weekday() < 5}
    assert days[date(2026, 10, 10)] == (True, "国庆节")


def test_a_year_comes_as_a_file_and_replaces_only_when_told(keeper):
    url, table = reverse("calendar_year"), "日期,安排,名称\r\n1月1日至3日,休,元旦\r\n"
    for encoding in ("utf-8-sig", "gb18030"):
        CalendarDay.objects.all().delete()
        file = SimpleUploadedFile("a.csv", table.encode(encoding))
        keeper.post(url, {"year": UNKNOWN, "table": file})
        assert CalendarDay.objects.count() == 3
    again = {"year": UNKNOWN, "lines": f"{UNKNOWN}-01-01,0,元旦"}
    assert "请勾选" in keeper.post(url, again).content.decode()
    assert CalendarDay.objects.count() == 3
    keeper.post(url, {**again, "replace": "on"})
    assert CalendarDay.objects.count() == 1
    shown = " ".join(keeper.get(url, {"year": UNKNOWN}).content.decode().split())
    assert "本单位录入" in shown and "2004 至" in shown
    assert "国庆节" in keeper.get(url, {"year": 2026}).content.decode()


def test_every_wrong_line_is_told_and_nothing_is_loaded(keeper):
    lines = (
        f"{UNKNOWN}-01-01,休\n元旦,休\n2016-01-01,休\n{UNKNOWN}-01-02\n{UNKNOWN}-01-01,休\n"
        f"{UNKNOWN}-01-04,班\n{UNKNOWN}-01-09至01-08,休"
    )
    answer = keeper.post(reverse("calendar_year"), {"year": UNKNOWN, "lines": lines})
    shown = answer.content.decode()
    for words in (
        "第 2 行：“元旦”不是日期", "第 3 行：2016-01-01 不在", "第 4 行：第二项请写“休”或“班”",
        "第 5 行：日期重复", "第 6 行", "本来就是工作日", "第 7 行", "起止日期不对",
    ):  # fmt: skip
        assert words in shown
    assert (
        "没有元旦"
        in keeper.post(
            reverse("calendar_year"), {"year": UNKNOWN, "lines": f"{UNKNOWN}-01-04,休"}
        ).content.decode()
    )
    assert not CalendarDay.objects.exists() and not CalendarYear.objects.exists()


def test_the_check_warns_from_the_first_of_december(monkeypatch):
    for day, warned in ((date(UNKNOWN - 1, 11, 30), []), (date(UNKNOWN - 1, 12, 1), [UNKNOWN])):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        told = next_year_is_known(None)
        assert [int(warning.msg.split()[0]) for warning in told] == warned
    CalendarYear.objects.create(year=UNKNOWN)
    calendar.forget()
    assert next_year_is_known(None) == []


def test_moments_and_negative_numbers_are_refused_and_nothing_is_asked_twice(
    django_assert_num_queries,
):
    with pytest.raises(TypeError):
        calendar.add_working_days(timezone.now(), 1)
    with pytest.raises(ValueError):
        calendar.add_working_days(date(2026, 1, 1), -1)
    assert calendar.add_working_days(date(2026, 1, 1), 0).day == date(2026, 1, 1)
    calendar.forget()
    with django_assert_num_queries(2):
        for n in range(50):
            calendar.add_working_days(date(2026, 9, 1), n)


def test_without_the_library_the_portal_starts_and_counts_provisionally(monkeypatch):
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    found = importlib.util.spec_from_file_location("calendar_alone", calendar.__file__)
    alone = importlib.util.module_from_spec(found)
    monkeypatch.setitem(sys.modules, "calendar_alone", alone)
    found.loader.exec_module(alone)
    told = alone.add_working_days(date(2016, 9, 30), 1)
    assert str(told) == "2016-10-03（暂按周一至周五推算）"


def test_only_office_and_administrators_change_it(client):
    user = User.objects.create(username="alice", department=None)
    client.force_login(user)
    for name in ("calendar:index", "calendar:add", "calendar_year"):
        assert client.get(reverse(name)).status_code == 302
