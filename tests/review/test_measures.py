"""处置 through the user's door: who may ask, who decides, what becomes of the page, who is told."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState

from page_types.media import PortalDocument
from page_types.organisation.models import Appointment, CalendarDay, Post, User
from page_types.organisation.services import appoint
from page_types.publication.models import Entry, Event, Measure, Schedule, Seal
from page_types.review import services
from page_types.review.measures import services as measures
from page_types.review.notices.models import Notice
from page_types.review.remarks.models import Remark
from page_types.review.remarks.services import remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(house):
    """A public page of Alice's, in the short chain's column."""
    made = house.draft(house.alice, "quick", "要处置的一页")
    house.publish(made, house.alice)
    return Page.objects.get(pk=made.pk).specific


def words(client, name, *args):
    return BeautifulSoup(client.get(reverse(name, args=args)).content, "html.parser").main.text


def ask(house, user, page, kind, **data):
    """Fill the form as the user; returns the answer."""
    url = reverse("review:ask_measure", args=[page.pk, kind])
    return house.client(user).post(url, {"reason": "内容有误", **data})


def decide(house, user, action, answer="", kind=None):
    found = Measure.objects.filter(**({"kind": kind} if kind else {})).latest("pk")
    url = reverse("review:measure", args=[found.pk])
    house.client(user).post(url, {"action": action, "answer": answer})
    found.refresh_from_db()
    return found


def shown(page, column="quick"):
    return Client().get(f"/{column}/{page.slug}/").status_code


def test_withdrawing_is_asked_for_decided_told_and_ends_what_runs(house, page):
    house.edit(page, house.alice, title="新的一稿")
    services.submit(page, house.alice)
    assert ask(house, house.alice, page, "withdraw", reason_kind="withdrawn").status_code == 302
    assert shown(page) == 200
    told = Notice.objects.filter(kind="measure").values_list("user__username", flat=True)
    assert set(told) == {"olga", "otto"}
    assert "请决定" in house.client(house.olga).get(reverse("wagtailadmin_home")).content.decode()
    assert "要处置的一页" in words(house.client(house.olga), "review:measures")
    assert decide(house, house.rita, "approve").state == "asked"  # no office
    assert decide(house, house.olga, "approve", "同意").state == "done"
    assert shown(page) == 410
    assert WorkflowState.objects.get(object_id=str(page.pk), status="cancelled")
    assert set(Seal.objects.filter(chain__page_id=page.pk).values_list("state", flat=True)) == {
        "spent"
    }
    row = Page.objects.get(pk=page.pk)
    assert not row.live and row.draft_title == "新的一稿"
    event = Event.objects.latest("number")
    assert (event.what, event.who, event.detail["reason"]) == ("withdrawn", house.olga, "内容有误")
    assert Notice.objects.filter(user=house.alice, subject__contains="已执行").exists()
    log = PageLogEntry.objects.filter(page_id=page.pk, action="review.measure_done").get()
    assert log.user == house.olga and "撤下" in log.formatter.format_message(log)
    call_command("verify_ledger")


def test_withdrawing_ends_a_returned_review_too(house, page):
    house.edit(page, house.alice, title="新的一稿")
    services.submit(page, house.alice)
    services.return_draft(page.current_workflow_task_state, house.rita, "请改")
    ask(house, house.alice, page, "withdraw", reason_kind="withdrawn")
    decide(house, house.olga, "approve")
    assert Page.objects.get(pk=page.pk).current_workflow_state is None


def test_a_file_of_a_withdrawn_page_says_where_to_go_on(house):
    file = ContentFile("附件里的话".encode(), name="a.txt")
    document = PortalDocument.objects.create(title="附件一", file=file)
    body = [("attachments", [{"document": document, "title": "附件一"}])]
    page = house.draft(house.alice, "quick", "有附件的一页", body=body)
    house.publish(page, house.alice)
    address = f"/documents/{document.pk}/"
    assert Client().get(address).status_code == 200
    ask(house, house.rita, page, "withdraw", reason_kind="withdrawn")
    decide(house, house.olga, "approve")
    answer = Client().get(address)
    assert answer.status_code == 410 and "有附件的一页" in answer.content.decode()
    assert Client().get("/documents/99999/").status_code == 404


def test_a_page_that_was_public_is_never_deleted_nor_moved_by_core(house, page):
    ask(house, house.rita, page, "withdraw", reason_kind="withdrawn")
    decide(house, house.olga, "approve")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for user in (house.alice, house.olga, house.admin):
        client = house.client(user)
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        client.post(f"{bulk}?id={page.pk}&next=/admin/")
        there = [page.pk, house.pages["news"].pk]
        client.post(reverse("wagtailadmin_pages:move_confirm", args=there))
    assert Page.objects.get(pk=page.pk).get_parent().pk == house.pages["quick"].pk


def test_what_is_possible_is_said_with_reasons(house, page):
    url = reverse("wagtailadmin_explore", args=[house.pages["quick"].pk])
    assert reverse("review:measures_of_page", args=[page.pk]) in (
        house.client(house.alice).get(url).content.decode()
    )
    alice = words(house.client(house.alice), "review:measures_of_page", page.pk)
    possible, closed = alice.split("现在不能")
    assert "撤下" in possible and "移动到其他栏目" not in possible
    assert "只有办公室、信息中心可以紧急撤下" in closed
    assert "没有以前公开过的其他文本" in words(
        house.client(house.rita), "review:measures_of_page", page.pk
    )
    foreign = house.client(house.bob)
    assert foreign.get(reverse("review:measures_of_page", args=[page.pk])).status_code == 404
    for kind in ("move", "pin", "emergency", "break_glass", "nothing"):
        ask(house, house.alice, page, kind)
    assert not Measure.objects.exists()
    column = house.pages["quick"]
    assert "不作处置" in words(house.client(house.olga), "review:measures_of_page", column.pk)


def test_a_form_without_its_facts_asks_again(house, page):
    for data, said in (
        ({"reason_kind": "withdrawn", "reason": " "}, "必填"),
        ({"reason_kind": "superseded"}, "请填写新页面的网址"),
        ({"reason_kind": "moved", "successor": "/quick/nothing/"}, "没有公开的页面"),
        ({"reason_kind": "expired"}, "expired"),
        ({"reason_kind": "moved", "successor": f"/quick/{page.slug}/"}, "页面自己"),
    ):
        assert said in ask(house, house.rita, page, "withdraw", **data).content.decode(), data
    assert not Measure.objects.exists()
    other = house.draft(house.alice, "quick", "新办法")
    house.publish(other, house.alice)
    address = f"http://testserver/quick/{other.slug}/"
    ask(house, house.rita, page, "withdraw", reason_kind="superseded", successor=address)
    decide(house, house.olga, "approve")
    assert f"/quick/{other.slug}/" in Client().get(f"/quick/{page.slug}/").content.decode()


def test_one_officer_at_once_and_another_countersigns(house, page):
    appoint(User.objects.create(username="chief", last_name="主"), Post.PRINCIPAL, None)
    chief = User.objects.get(username="chief")
    ask(house, house.cai, page, "emergency", reason_kind="personal_data", all_versions="on")
    assert shown(page) == 410
    alarms = Notice.objects.filter(kind="alarm").values_list("user__username", flat=True)
    assert {"olga", "otto", "chief", "alice", "rita"} <= set(alarms)
    made = Measure.objects.get()
    assert made.awaits_countersigning and made.countersign_due > timezone.localdate()
    for user in (house.olga, chief):
        home = house.client(user).get(reverse("wagtailadmin_home")).content.decode()
        assert "须在" in home and "会签" in home
    for day in (made.countersign_due, made.countersign_due + timezone.timedelta(days=1)):
        CalendarDay.objects.update_or_create(date=day, defaults={"is_workday": False})
    with TestCase.captureOnCommitCallbacks(execute=True):
        CalendarDay.objects.latest("date").save()
    assert Measure.objects.get().countersign_due > made.countersign_due
    Measure.objects.update(countersign_due=timezone.localdate() - timezone.timedelta(days=2))
    assert "逾期 2 天" in house.client(chief).get(reverse("wagtailadmin_home")).content.decode()
    assert decide(house, house.cai, "countersign").second_by is None
    assert decide(house, house.rita, "countersign").second_by is None
    assert decide(house, chief, "countersign", "认可").second_by == chief
    assert "会签" not in house.client(house.olga).get(reverse("wagtailadmin_home")).content.decode()
    # The same text is gone for good; the office's second person cannot bring it back.
    reinstating = ask(house, house.rita, page, "reinstate")
    assert reinstating.status_code == 302 and not Measure.objects.filter(kind="reinstate").exists()


def test_blanking_leaves_the_words_nowhere_in_the_admin(house):
    page = house.draft(house.alice, "quick", "某人的名字", body=[("paragraph", "<p>某人住址</p>")])
    services.submit(page, house.alice)
    remark(page.current_workflow_task_state, house.rita, quote="某人住址", body="某人可以公开吗")
    house.pass_on(page, house.rita)
    ask(house, house.cai, page, "emergency", reason_kind="personal_data", all_versions="on")
    ask(house, house.olga, page, "blank")
    assert decide(house, house.otto, "approve", kind="blank").state == "done"
    row = Page.objects.get(pk=page.pk).specific
    drafts = Revision.page_revisions.filter(object_id=str(page.pk))
    note = Remark.objects.get()
    kept = [row.title, row.draft_title, str(row.body), note.quote, note.body]
    kept += [str(draft.content) for draft in drafts]
    assert drafts.exists() and not [words for words in kept if "某人" in words]
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "已清除" in house.client(house.alice).get(edit).content.decode()
    call_command("verify_ledger")


def test_whoever_asked_does_not_decide_and_may_take_it_back(house, page):
    ask(house, house.olga, page, "withdraw", reason_kind="withdrawn")
    assert decide(house, house.olga, "approve").state == "asked"
    assert "已有申请" in words(house.client(house.rita), "review:measures_of_page", page.pk)
    assert decide(house, house.otto, "refuse").state == "asked"  # without a reason
    assert decide(house, house.otto, "refuse", "不必撤").state == "refused"
    assert Notice.objects.filter(user=house.olga, subject__contains="未同意").exists()
    ask(house, house.rita, page, "withdraw", reason_kind="withdrawn")
    assert decide(house, house.olga, "take_back").state == "asked"
    assert decide(house, house.rita, "take_back").state == "cancelled"
    assert shown(page) == 200


def test_an_office_that_has_gone_decides_nothing(house, page):
    ask(house, house.rita, page, "withdraw", reason_kind="withdrawn")
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Appointment.objects.filter(user=house.olga).update(ends=yesterday)
    assert decide(house, User.objects.get(pk=house.olga.pk), "approve").state == "asked"


def test_back_as_it_was_and_back_to_an_earlier_text(house, page):
    newer = house.edit(page, house.alice, title="第二版")
    house.publish(newer, house.alice)
    first = Event.objects.filter(subject=f"page/{page.pk}").first()
    ask(house, house.rita, page, "earlier", event=first.pk)
    decide(house, house.olga, "approve")
    assert Entry.objects.get(pk=page.pk).title == "要处置的一页"
    ask(house, house.rita, page, "withdraw", reason_kind="withdrawn")
    decide(house, house.olga, "approve")
    assert shown(page) == 410
    ask(house, house.rita, page, "reinstate")
    decide(house, house.otto, "approve")
    assert Entry.objects.get(pk=page.pk).title == "要处置的一页"
    whats = Event.objects.filter(subject=f"page/{page.pk}").values_list("what", flat=True)
    assert list(whats) == ["published", "revised", "restored", "withdrawn", "reinstated"]
    assert ask(house, house.rita, page, "earlier", event=10**9).status_code == 200
    call_command("verify_ledger")


def test_moving_asks_for_a_column_that_takes_it(house, page):
    ask(house, house.rita, page, "move", column=house.columns["policy"].pk)  # another department's
    assert not Measure.objects.exists()
    ask(house, house.rita, page, "move", column=house.columns["news"].pk)
    house.edit(page, house.alice, title="新的一稿")
    services.submit(page, house.alice)
    assert decide(house, house.olga, "approve").state == "done"
    assert shown(page, "news") == 200 and shown(page) == 301
    # The review began in the other column: its approvals would be worth nothing.
    assert "移动" in words(house.client(house.rita), "review:measures_of_page", page.pk)
    call_command("verify_ledger")


def test_pinning_is_at_once_for_whoever_keeps_the_column(house, page):
    until = timezone.localdate() + timezone.timedelta(days=3)
    assert ask(house, house.rita, page, "pin", until="2001-01-01").status_code == 200
    ask(house, house.rita, page, "pin", until=until.isoformat())
    assert "[置顶]" in Client().get("/quick/").content.decode()
    ask(house, house.olga, page, "unpin")
    assert "[置顶]" not in Client().get("/quick/").content.decode()
    assert set(Measure.objects.values_list("kind", "state")) == {("pin", "done"), ("unpin", "done")}


def test_break_glass_takes_administrator_and_office_and_is_told_upwards(house, caplog):
    appoint(User.objects.create(username="chief", last_name="主"), Post.PRINCIPAL, None)
    page = house.draft(house.alice, "news", "等不到批准的一页")
    services.submit(page, house.alice)
    house.pass_on(page, house.rita)
    assert ask(house, house.olga, page, "break_glass").status_code == 302
    assert not Measure.objects.exists()
    ask(house, house.admin, page, "break_glass")
    made = Measure.objects.get()
    assert made.detail["missing"][0] == "分管局领导审批" and len(made.detail["missing"]) == 3
    assert decide(house, house.admin, "approve").state == "asked"
    assert decide(house, house.olga, "approve").state == "done"
    assert shown(page, "news") == 200
    event = Event.objects.latest("number")
    assert event.authority == "break-glass" and len(event.detail["seals"]) == 1
    assert event.detail["missing"] == made.detail["missing"]
    assert "break glass" in caplog.text
    told = Notice.objects.filter(user__username="chief", kind="alarm")
    assert told.count() == 2 and "未经下列环节批准" in told.latest("pk").body
    assert Page.objects.get(pk=page.pk).current_workflow_state is None
    call_command("verify_ledger")


def test_break_glass_is_refused_for_a_text_that_changed_or_an_author(house):
    page = house.draft(house.alice, "news", "等不到批准的一页")
    services.submit(page, house.alice)
    ask(house, house.admin, page, "break_glass")
    revision = page.get_latest_revision()
    revision.content["title"] = "换过的标题"
    revision.save(update_fields=["content"])
    assert decide(house, house.olga, "approve").state == "asked"
    assert not Entry.objects.filter(pk=page.pk).exists()
    with pytest.raises(services.ReviewRefused):
        measures.approve(Measure.objects.get(), house.admin)


def test_withdrawing_ends_what_waits_for_its_time(house, page):
    later = timezone.now() + timezone.timedelta(hours=2)
    newer = house.edit(page, house.alice, title="定时的新版", go_live_at=later)
    house.publish(newer, house.alice)
    assert Schedule.objects.get().state == "waiting"
    possible = words(house.client(house.rita), "review:measures_of_page", page.pk)
    assert "取消定时发布" in possible
    ask(house, house.rita, page, "withdraw", reason_kind="withdrawn")
    decide(house, house.olga, "approve")
    assert Schedule.objects.get().state == "cancelled"
