"""The queue: deadlines in working days, whoever may decide, steps for which nobody is left."""

from datetime import date, timedelta

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Appointment, CalendarDay, Post, User
from page_types.organisation.services import appoint
from page_types.publication.models import Entry, JobRun
from page_types.review import services
from page_types.review.deadlines import clock, set_terms
from page_types.review.deadlines.models import StepDeadline
from page_types.review.deputies.models import StuckStep
from page_types.review.notices.models import Notice
from tests.houses import SECRECY

HOME, QUEUE = reverse("wagtailadmin_home"), reverse("review:queue")
STUCK, DEPUTIES = reverse("review:stuck"), reverse("review:deputies")


def text(client, url):
    shown = BeautifulSoup(client.get(url).content, "html.parser").find("main")
    return " ".join(shown.get_text(" ", strip=True).split())


def lines(client, url=QUEUE):
    shown = BeautifulSoup(client.get(url).content, "html.parser")
    return [line.get_text(" ", strip=True) for line in shown.select("li.review-line")]


def due(house, page, **when):
    """Move the deadline of the page's present step."""
    day = timezone.localdate() + timedelta(**when)
    StepDeadline.objects.filter(task_state=house.state_of(page)).update(due=day)


def waiting(house, title, column="news", author="alice"):
    page = house.draft(getattr(house, author), column, title)
    services.submit(page, getattr(house, author), secrecy=SECRECY, reasons="已核对")
    return page


# -- deadlines ---------------------------------------------------------------------------------


def test_the_plan_says_how_many_working_days_a_step_has(house):
    set_terms({("report", "department_review"): 2, ("report", "leader_review"): 5})
    page = waiting(house, "有期限的稿件")
    first = house.state_of(page).deadline
    house.pass_on(page, house.rita)
    second = house.state_of(page).deadline
    assert (first.days, second.days) == (2, 5)
    assert second.due > first.due > timezone.localdate()
    shown = lines(house.client(house.lin))[0]
    assert "剩 5 个工作日" in shown and f"{second.due:%Y-%m-%d} 前办理" in shown


def test_the_nearest_deadline_comes_first(house):
    for title, days in (("甲", 9), ("乙", -7), ("丙", 3)):
        due(house, waiting(house, title), days=days)
    shown = lines(house.client(house.rita))
    assert [line[0] for line in shown[:3]] == ["乙", "丙", "甲"]
    assert "逾期 5 个工作日" in shown[0]
    assert "3 件稿件待您审核" in text(house.client(house.rita), HOME)
    assert "1 件已逾期" in text(house.client(house.rita), HOME)


def test_late_ones_are_reminded_once_a_working_day(house, django_capture_on_commit_callbacks):
    for title in ("甲", "乙"):
        due(house, waiting(house, title), days=-8)
    waiting(house, "未到期的")
    Notice.objects.all().delete()
    monday = date(2026, 11, 30)
    with django_capture_on_commit_callbacks(execute=True):
        clock.remind(monday - timedelta(days=1))
        assert not Notice.objects.exists()
        for _round in range(2):
            clock.remind(monday)
    told = {notice.user: notice for notice in Notice.objects.filter(kind="overdue")}
    assert set(told) == {house.rita, house.rolf, house.olga, house.otto}
    assert Notice.objects.count() == 4
    assert told[house.rita].subject == "有 2 件稿件审核逾期"
    assert "未到期的" not in told[house.rita].body and "甲" in told[house.rita].body


def test_deadlines_follow_the_calendar(house, django_capture_on_commit_callbacks):
    """Whatever is open is computed anew from the day on which it began."""
    page = waiting(house, "标题")
    right = house.state_of(page).deadline.due
    done = waiting(house, "已办的", column="quick")
    closed = house.state_of(done).deadline
    house.pass_on(done, house.rita)
    StepDeadline.objects.update(due=date(2020, 1, 1))
    JobRun.objects.all().delete()
    call_command("run_scheduler")
    assert house.state_of(page).deadline.due == right
    closed.refresh_from_db()
    assert closed.due == date(2020, 1, 1)  # what is over stays as it was
    with django_capture_on_commit_callbacks(execute=True):  # the bureau is closed for a while
        for days in range(1, 8):
            day = timezone.localdate() + timedelta(days=days)
            CalendarDay.objects.update_or_create(date=day, defaults={"is_workday": False})
    assert house.state_of(page).deadline.due > right


def test_reviews_that_began_before_there_were_deadlines_get_theirs(house):
    page = waiting(house, "旧的稿件")
    StepDeadline.objects.all().delete()
    assert "旧的稿件" in lines(house.client(house.rita))[0]
    clock.keep()
    assert house.state_of(page).deadline.due > timezone.localdate()


# -- nobody left -------------------------------------------------------------------------------


def test_a_step_with_nobody_left_alarms_the_office_which_finds_the_way_out(house):
    """B has one reviewer: here she has written the text herself."""
    page = house.draft(house.beate, "policy", "没有人审的稿件", house.departments["b"])
    services.submit(page, house.bob, secrecy=SECRECY)
    told = Notice.objects.filter(kind="stuck", user=house.olga).get()
    assert "没有人审的稿件" in told.body and "处室审核" in told.body
    assert "1 个审核环节无人可办" in text(house.client(house.olga), HOME)
    assert "1 个审核环节无人可办" in text(house.client(house.admin), HOME)
    assert "无人可办" in lines(house.client(house.olga))[-1]
    assert house.client(house.rita).get(STUCK).status_code in (302, 403)
    office = house.client(house.olga)
    assert "都参与过此稿：贝娅" in text(office, STUCK)
    screen = reverse("review:screen", args=[house.state_of(page).pk])
    assert "无人可办，已报办公室" in text(house.client(house.beate), screen)
    url = reverse("review:emergency_deputy", args=[StuckStep.objects.get().pk])
    offered = BeautifulSoup(office.get(url).content, "html.parser").select("#id_deputy option")
    names = {option.get_text().split("（")[0] for option in offered}
    assert not names & {"欧佳", "贝娅", "鲍勃"} and "李塔" in names
    form = {"ends": timezone.localdate() + timedelta(days=3), "reason": "处室只有一位审核人"}
    for wrong in ({"deputy": house.olga.pk}, {"deputy": house.bob.pk}, {"reason": " "}):
        office.post(url, {"deputy": house.rita.pk, **form, **wrong})
        assert not Appointment.objects.filter(deputy_for=house.beate).exists()
    office.post(url, {"deputy": house.rita.pk, **form})
    deputy = Appointment.objects.get(deputy_for=house.beate)
    assert (deputy.user, deputy.post, deputy.ends) == (house.rita, Post.REVIEWER, form["ends"])
    assert ModelLogEntry.objects.get(action="organisation.deputy").data["reason"]
    assert not StuckStep.objects.exists()
    house.pass_on(page, User.objects.get(pk=house.rita.pk), house.lu, house.olga, house.cai)
    assert Entry.objects.filter(pk=page.pk).exists()


def test_a_vacancy_is_found_by_the_clock_and_gone_when_it_is_filled(house):
    waiting(house, "政策稿件", column="policy", author="bob")
    Appointment.objects.filter(user=house.lu).update(ends=timezone.localdate() - timedelta(days=1))
    JobRun.objects.all().delete()
    call_command("run_scheduler")
    assert StuckStep.objects.get().title == "分管局领导审批"
    assert Notice.objects.filter(kind="stuck", user=house.otto).count() == 1
    assert "无人任此岗位" in text(house.client(house.olga), STUCK)
    appoint(house.lin, Post.LEADER, house.departments["b"])
    JobRun.objects.all().delete()
    call_command("run_scheduler")
    assert not StuckStep.objects.exists()


def test_a_holder_names_his_own_deputy_in_advance(house):
    client, today = house.client(house.beate), timezone.localdate()
    mine = house.beate.appointments.get()
    form = {
        "appointment": mine.pk,
        "deputy": house.rolf.pk,
        "starts": today + timedelta(days=2),
        "ends": today + timedelta(days=9),
    }
    for wrong in (
        {"ends": today},
        {"starts": today - timedelta(days=1)},
        {"deputy": house.beate.pk},
        {"appointment": house.rita.appointments.get().pk},  # somebody else's post
    ):
        client.post(DEPUTIES, {**form, **wrong})
        assert not Appointment.objects.exclude(deputy_for=None).exists()
    assert "已指定罗夫代审" in text_of_answer(client.post(DEPUTIES, form, follow=True))
    deputy = Appointment.objects.get(deputy_for=house.beate)
    page = waiting(house, "政策稿件", column="policy", author="bob")
    assert not duties_of(fresh(house.rolf)).may_see(house.departments["b"].pk)  # not yet
    Appointment.objects.filter(pk=deputy.pk).update(starts=today)
    assert "政策稿件" in lines(house.client(fresh(house.rolf)))[0]
    assert Notice.objects.filter(user=house.rolf, kind="deputy").exists()
    assert (
        house.client(house.alice)
        .post(reverse("review:deputy_withdraw", args=[deputy.pk]))
        .status_code
        == 404
    )
    house.pass_on(page, fresh(house.rolf))
    review = reverse("review:screen", args=[page.current_workflow_task_state.pk])
    course = house.client(house.bob).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for answer in (house.client(house.bob).get(review), course):
        assert "（代 贝娅）" in answer.content.decode()
    client.post(reverse("review:deputy_withdraw", args=[deputy.pk]))
    deputy.refresh_from_db()
    assert deputy.ends == today
    form |= {
        "deputy": house.rita.pk,
        "starts": today + timedelta(days=30),
        "ends": today + timedelta(days=31),
    }
    client.post(DEPUTIES, form)
    later = Appointment.objects.get(starts=form["starts"])
    client.post(reverse("review:deputy_withdraw", args=[later.pk]))
    assert not Appointment.objects.filter(pk=later.pk).exists()  # it had not begun
    assert ModelLogEntry.objects.filter(action="organisation.deputy_withdrawn").count() == 2


def test_a_deputy_does_not_decide_on_what_he_touched(house):
    appoint(
        house.bob, Post.REVIEWER, house.departments["b"],
        starts=timezone.localdate(), ends=timezone.localdate(), deputy_for=house.beate,
    )  # fmt: skip
    page = waiting(house, "鲍勃的稿件", column="policy", author="bob")
    may, why = services.may_approve(house.state_of(page), fresh(house.bob))
    assert not may and "须由他人审核" in why
    assert "您参与过此稿" in lines(house.client(fresh(house.bob)))[0]


def fresh(user):
    return User.objects.get(pk=user.pk)


def text_of_answer(answer):
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


# -- bounds ------------------------------------------------------------------------------------


def crowd(house, count):
    """So many more texts in review, at the reviewer's and at the office's step, and a draft."""
    for number in range(count):
        page = waiting(house, f"稿件{number}")
        if number % 2:
            house.pass_on(page, house.rita, house.lin)
    house.draft(house.alice, "news", "草稿")


def cost(house):
    """(person, address) -> how many queries the screen asks."""
    found = {}
    for person in ("rita", "olga", "alice", "admin"):
        client = house.client(fresh(getattr(house, person)))
        for url in (HOME, QUEUE):
            if person == "rita":
                client.get(url)  # the columns are read once a process
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            found[person, url] = len(asked)
    return found


def test_home_and_queue_cost_the_same_whatever_waits(house):
    crowd(house, 2)
    few = cost(house)
    crowd(house, 2)
    many = cost(house)
    assert all(many[place] <= few[place] for place in few), (few, many)
    assert max(few.values()) <= 40, few


# -- reports -----------------------------------------------------------------------------------


def test_reports_show_what_stock_leaves_empty(house):
    """Core asks for the rights to publish and to unlock, which nobody holds."""
    old = house.publish(house.draft(house.alice, "quick", "旧信息"), house.alice)
    house.publish(house.draft(house.alice, "quick", "新信息"), house.alice)
    with connection.cursor() as cursor:  # the ledger lets nobody change the time of an event
        long_ago = timezone.now() - timedelta(days=400)
        number = Entry.objects.get(pk=old.pk).event_id
        cursor.execute("UPDATE publication_event SET at = %s WHERE number = %s", [long_ago, number])
    waiting(house, "审核中的稿件")
    office = house.client(house.olga)
    for core, name in (("aging_pages", "aging"), ("locked_pages", "locked")):
        answer = office.get(reverse(f"wagtailadmin_reports:{core}"))
        assert answer.url == reverse(f"review:{name}")
    aging = reverse("review:aging")
    shown = lines(office, aging)
    assert "旧信息" in shown[0] and "已 400 天" in shown[0] and "新信息" in shown[1]
    assert "新信息" not in str(lines(office, f"{aging}?days=365"))
    assert "旧信息" not in str(lines(house.client(house.bob), aging))
    assert "审核中的稿件" in lines(office, reverse("review:locked"))[0]
    assert "审核中的稿件" not in str(lines(house.client(house.bob), reverse("review:locked")))
