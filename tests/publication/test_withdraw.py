"""Out of the public and back: tombstones, facts that stay, texts that nobody is shown any more."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page, Revision

from page_types.organisation.models import Post, User
from page_types.organisation.services import appoint
from page_types.publication import measures
from page_types.publication.authorities import Expiry, Sealed
from page_types.publication.columns import set_path, touch_columns
from page_types.publication.errors import PublicationRefused
from page_types.publication.measured import (
    Blanking,
    EarlierText,
    EmergencyWithdrawal,
    Reinstatement,
    Withdrawal,
)
from page_types.publication.models import Entry, Event, Measure, Schedule, Text
from page_types.publication.publish import publish
from page_types.publication.versions import text_of_event
from page_types.publication.withdraw import blank, withdraw
from tests.publication.test_publish import everything

KINDS = {
    Withdrawal: "withdraw", EmergencyWithdrawal: "emergency", Reinstatement: "reinstate",
    EarlierText: "earlier", Blanking: "blank",
}  # fmt: skip


@pytest.fixture
def people(ledger):
    """Two of the office beside the ledger's editor and reviewer."""
    found = [User.objects.create(username=name, last_name=name) for name in ("ou", "yang")]
    for user in found:
        appoint(user, Post.OFFICE, None)
    return found


def measure(ledger, authority, page, by, second=None, **more):
    """An authority over a recorded measure, decided by `second`."""
    made = measures.ask(
        KINDS[authority], page_id=page.pk, title=page.title, by=by, reason="内容有误",
        column_id=ledger.columns["news"].pk, department_id=ledger.office.pk, **more,
    )  # fmt: skip
    if second:
        measures.sign(made, second)
    return authority(made)


def taken_down(ledger, page, people, reason_kind="withdrawn", successor=None, **more):
    authority = measure(
        ledger, Withdrawal, page, ledger.editor, people[0], reason_kind=reason_kind,
        detail={"successor": successor},
    )  # fmt: skip
    return withdraw(
        page.pk, authority, who=people[0], reason_kind=reason_kind, successor_page_id=successor,
        **more,
    )  # fmt: skip


def refused(call, *args, **kwargs):
    before = everything()
    with pytest.raises(PublicationRefused) as caught, transaction.atomic():
        call(*args, **kwargs)
    assert everything() == before
    return caught.value.reason


def test_a_withdrawn_page_leaves_a_tombstone_and_nothing_else(ledger, client, people):
    pointed_at = ledger.article("news", "被链接的一页")
    link = f'<p><a linktype="page" id="{pointed_at.pk}">见此页</a></p>'
    other = ledger.article("news", "别处", body=[("paragraph", link)])
    draft = ledger.revise(pointed_at, title="更新的草稿")
    taken_down(ledger, pointed_at, people)
    answer = client.get(f"/news/{pointed_at.slug}/")
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "被链接的一页" in text and "已将它撤下" in text and "内容有误" not in text
    for path in ("/news/", "/feeds/news.xml", "/", "/sitemap-0.xml"):
        assert "被链接的一页" not in client.get(path).content.decode()
    shown = BeautifulSoup(client.get(f"/news/{other.slug}/").content, "html.parser")
    assert "见此页" in shown.text and not shown.find("a", string="见此页", href=True)
    row = type(pointed_at).objects.get(pk=pointed_at.pk)
    assert (row.live, row.get_latest_revision()) == (False, draft)
    call_command("verify_ledger")


def test_a_former_address_and_a_renamed_column_lead_to_the_tombstone(ledger, client, people):
    page = ledger.article("news", "改过名的一页")
    first = page.slug
    ledger.revise(page, slug="second")
    ledger.publish(page)
    taken_down(ledger, page, people)
    set_path(ledger.columns["news"], "latest")
    touch_columns()
    for slug in (first, "second"):
        assert client.get(f"/news/{slug}/", follow=True).status_code == 410


def test_the_tombstone_leads_to_the_successors_present_address(ledger, client, people):
    old, new = ledger.article("news", "旧办法"), ledger.article("policy", "新办法")
    taken_down(ledger, old, people, "superseded", new.pk)
    ledger.revise(new, slug="renamed")
    ledger.publish(new)
    page = BeautifulSoup(client.get(f"/news/{old.slug}/").content, "html.parser")
    assert "已被新的页面取代" in page.text
    assert page.find("a", string="新办法")["href"] == "/policy/renamed/"
    taken_down(ledger, new, people)
    assert "新办法" not in client.get(f"/news/{old.slug}/").content.decode()


def test_facts_and_dates_come_back_with_the_page(ledger, client, people, models):
    page = ledger.article("policy", "有索引号的文件", model=models.policy)
    before = Entry.objects.values("facts", "first_published_at", "shown_at").get(pk=page.pk)
    taken_down(ledger, page, people)
    last = Event.objects.filter(what="published", subject=f"page/{page.pk}").get()
    authority = measure(ledger, Reinstatement, page, ledger.editor, people[0])
    publish(text_of_event(last), authority, who=people[0])
    assert Entry.objects.values("facts", "first_published_at", "shown_at").get(pk=page.pk) == before
    assert client.get(f"/policy/{page.slug}/").status_code == 200
    # Withdrawn once more, a new text through the chain finds them too.
    taken_down(ledger, page, people)
    ledger.revise(page, title="修改后的文件")
    event = ledger.publish(page)
    assert event.what == "reinstated"
    assert Entry.objects.get(pk=page.pk).facts == before["facts"]
    call_command("verify_ledger")


def test_two_persons_and_the_office(ledger, people):
    page = ledger.article("news")
    facts = {"who": people[0], "reason_kind": "withdrawn"}

    def attempt(authority=Withdrawal, **measured):
        measured = {"reason_kind": "withdrawn", **measured}
        with transaction.atomic():
            made = measure(ledger, authority, page, **measured)
            why = refused(withdraw, page.pk, made, **facts)
            transaction.set_rollback(True)
        return why

    assert "另一人" in attempt(by=people[0])
    assert "办公室" in attempt(by=people[0], second=ledger.reviewer)
    assert "原因" in attempt(by=ledger.editor, second=people[0], reason_kind="moved")
    assert "会签" in attempt(EmergencyWithdrawal, by=people[0])
    assert "紧急撤下" in attempt(EmergencyWithdrawal, by=ledger.editor)
    assert "依据" in attempt(Reinstatement, by=ledger.editor, second=people[0])
    with pytest.raises(PublicationRefused, match="申请人不能"):
        measures.sign(measure(ledger, Withdrawal, page, people[0]).measure, people[0])
    for authority in (Sealed(None), Expiry(Schedule(pk=0))):
        assert refused(withdraw, page.pk, authority, who=None, reason_kind="expired")


def test_a_measure_counts_once(ledger, people):
    page = ledger.article("news")
    taken_down(ledger, page, people)
    used = Withdrawal(Measure.objects.get())
    ledger.revise(page, title="改过的")
    ledger.publish(page)
    assert refused(withdraw, page.pk, used, who=people[0], reason_kind="withdrawn")


def test_a_column_is_never_withdrawn(ledger, people):
    page = ledger.pages["news"]
    made = measure(ledger, Withdrawal, page, ledger.editor, people[0], reason_kind="withdrawn")
    assert "栏目" in refused(withdraw, page.pk, made, who=None, reason_kind="withdrawn")


def test_an_earlier_text_returns_with_its_own_files_only(ledger, client, people):
    document = ledger.document()
    page = ledger.article(
        "news", "第一稿", body=[("attachments", [{"document": document, "title": "附件"}])]
    )
    first = Event.objects.get(subject=f"page/{page.pk}")
    ledger.revise(page, title="第二稿", body=[("paragraph", "<p>改过</p>")])
    ledger.publish(page)
    detail = {"event": first.pk}
    made = measure(ledger, EarlierText, page, ledger.editor, people[0], detail=detail)
    model = type(document)
    model.objects.filter(pk=document.pk).update(file_hash="0" * 40)
    assert "附件" in refused(publish, text_of_event(first), made)
    model.objects.filter(pk=document.pk).update(file_hash=document.file_hash)
    event = publish(text_of_event(first), made, who=people[0])
    assert (event.what, Entry.objects.get(pk=page.pk).title) == ("restored", "第一稿")
    assert "第一稿" in client.get(f"/news/{page.slug}/").content.decode()
    row = type(page).objects.get(pk=page.pk)
    assert (row.title, row.draft_title, row.has_unpublished_changes) == ("第一稿", "第二稿", True)
    call_command("verify_ledger")


@pytest.fixture
def leaked(ledger, people, models):
    """A document whose second version named a person; withdrawn for that."""
    page = ledger.article("policy", "无事的第一版", model=models.policy)
    body = [("paragraph", "<p>身份证号</p>")]
    ledger.revise(page, title="某人的名字", body=body)
    ledger.publish(page)
    taken_down(ledger, page, people, "personal_data", all_versions=False)
    return page


def test_a_text_with_personal_data_is_shown_nowhere(ledger, leaked, client, people):
    assert "某人的名字" not in client.get(f"/policy/{leaked.slug}/").content.decode()
    last = Event.objects.filter(what="revised", subject=f"page/{leaked.pk}").get()
    made = measure(ledger, Reinstatement, leaked, ledger.editor, people[0])
    assert "个人信息" in refused(publish, text_of_event(last), made)
    ledger.revise(leaked, title="改好的第三版", body=[("paragraph", "<p>好</p>")])
    ledger.publish(leaked)
    history = client.get(f"/history/{leaked.pk}/").content.decode()
    assert "某人的名字" not in history
    assert "无事的第一版" in history and "改好的第三版" in history


def test_the_words_of_a_hidden_text_can_be_removed_and_the_ledger_stays_sound(
    ledger, leaked, people
):
    digest = Event.objects.get(what="revised", subject=f"page/{leaked.pk}").text_id
    event = blank(
        leaked.pk, measure(ledger, Blanking, leaked, ledger.editor, people[0]), who=people[0]
    )
    assert event.detail["blanked"] == [digest]
    assert Text.objects.get(pk=digest).content == ""
    row = Page.objects.get(pk=leaked.pk).specific
    drafts = Revision.page_revisions.filter(object_id=str(leaked.pk))
    kept = [row.title, row.draft_title, str(row.body), *(str(d.content) for d in drafts)]
    assert drafts.count() > 1 and not [
        words for words in kept if "某人" in words or "身份证" in words
    ]
    first = Event.objects.get(what="published", subject=f"page/{leaked.pk}").text
    assert json.loads(first.content)["title"] == "无事的第一版"
    call_command("verify_ledger")
    made = measure(ledger, Blanking, leaked, ledger.editor, people[0])
    assert "没有可以清除" in refused(blank, leaked.pk, made, who=people[0])


def test_what_events_say_is_compared_with_what_is_public(ledger, people):
    page = ledger.article("news")
    taken_down(ledger, page, people)
    with pytest.raises(PermissionDenied):
        Event.objects.all().delete()
    Measure.objects.update(event_number=10**9)
    with pytest.raises(Exception, match="differences: 1"):
        call_command("verify_ledger")
