"""Notices: a line in the admin and a mail, as each person chose; none stops an act or is lost."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from page_types.organisation.models import Post
from page_types.organisation.services import appoint
from page_types.publication.demo import demonstration
from page_types.publication.models import Entry
from page_types.review import services
from page_types.review.notices.models import Notice

LIST = reverse("review:notices")


def sent():
    """{(address, subject)} of the mails so far; empties the box."""
    found = {(to, letter.subject) for letter in mail.outbox for to in letter.to}
    mail.outbox.clear()
    return found


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """What an act mails after its commit."""

    def run(act, *args):
        with django_capture_on_commit_callbacks(execute=True):
            act(*args)
        return sent()

    return run


def by_the_clock(after):
    """The clock comes by `after` a while; returns what it mails."""
    Notice.objects.exclude(next_try_at=None).update(next_try_at=timezone.now() - after)
    call_command("run_scheduler")
    return sent()


def test_who_is_told(house, run):
    appoint(house.andy, Post.REVIEWER, house.departments["a"])
    page = house.draft(house.andy, "news", "标题")
    waiting, returned = "待审核：标题", "已退回：标题"
    assert run(services.submit, page, house.alice) == {
        ("rita@example.org", waiting),
        ("rolf@example.org", waiting),
    }
    assert run(house.pass_on, page, house.rita) == {("lin@example.org", waiting)}
    back = run(services.return_draft, house.state_of(page), house.lin, "日期有误")
    assert back == {
        ("alice@example.org", returned),
        ("andy@example.org", returned),
        ("rita@example.org", returned),  # who had approved before
    }
    run(services.submit, page, house.alice)
    assert ("rita@example.org", returned) not in run(
        services.return_draft, house.state_of(page), house.rolf, "仍有误"
    )  # her approval was of the earlier round
    run(services.submit, page, house.alice)
    run(house.pass_on, page, house.rita, house.lin, house.olga)
    assert {to for to, _subject in run(house.pass_on, page, house.cai)} == {
        "alice@example.org",
        "andy@example.org",
    }


def test_the_line_leads_to_the_screen_and_says_why(house, run):
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, house.alice)
    state = house.state_of(page)
    rita = house.client(house.rita)
    home = rita.get(reverse("wagtailadmin_home")).content.decode()
    assert "有 1 条未读通知" in home
    assert json.dumps("通知（1）")[1:-1] in home  # the menu
    shown = rita.get(LIST).content.decode()
    assert "待审核：标题" in shown and "未读" in shown
    notice = Notice.objects.get(user=house.rita)
    opened = rita.get(reverse("review:notice", args=[notice.pk]))
    assert opened.url == reverse("review:screen", args=[state.pk])
    assert "条未读" not in rita.get(LIST).content.decode()
    stranger = house.client(house.bob)
    assert stranger.get(reverse("review:notice", args=[notice.pk])).status_code == 404
    assert "标题" not in stranger.get(LIST).content.decode()
    for title in ("甲", "乙"):
        services.submit(house.draft(house.alice, "news", title), house.alice)
    rita.post(reverse("review:notices_read"))
    assert not Notice.objects.filter(user=house.rita, read_at=None).exists()
    assert Notice.objects.filter(user=house.rolf, read_at=None).count() == 3
    run(services.return_draft, state, house.rita, "日期有误")
    body = Notice.objects.get(user=house.alice, kind="returned").body
    assert "日期有误" in body and "李塔" in body


def test_each_chooses_how_mails_come(house, run):
    """Core's account page offers mails that core no longer sends: its choice is gone."""
    client, screen = house.client(house.rita), reverse("review:notice_choices")
    account = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "submitted_notifications" not in account and screen in account
    shown = BeautifulSoup(client.get(screen).content, "html.parser")
    assert shown.find("select", {"name": "step"})
    assert not shown.find("select", {"name": "handover"})  # always comes
    client.post(screen, {"step": "daily", "returned": "none"})
    for title in ("甲", "乙"):
        page = house.draft(house.alice, "news", title)
        assert run(services.submit, page, house.alice) == {("rolf@example.org", f"待审核：{title}")}
    run(house.pass_on, page, house.rita)
    assert run(services.return_draft, house.state_of(page), house.lin, "有误") == {
        ("alice@example.org", "已退回：乙")
    }
    assert Notice.objects.filter(user=house.rita).count() == 3  # the lines come all the same
    due = Notice.objects.filter(user=house.rita, digest=True)
    assert {timezone.localtime(n.next_try_at).hour for n in due} == {8}
    assert all(n.next_try_at > timezone.now() for n in due)
    assert by_the_clock(timedelta(0)) == {("rita@example.org", "通知汇总：2 条")}
    assert by_the_clock(timedelta(0)) == set()


def test_a_dead_mail_server_stops_nothing_and_loses_nothing(house, run, monkeypatch):
    tried = []

    def fail(*args, **kwargs):
        tried.append(1)
        raise OSError("no mail server")

    with monkeypatch.context() as dead:
        dead.setattr(EmailBackend, "open", fail)
        page = house.draft(house.alice, "quick", "标题")
        assert run(services.submit, page, house.alice) == set()
        count = len(tried)
        run(house.pass_on, page, house.rita)
        assert len(tried) == count  # nobody waits a second time: the clock tries
        assert Entry.objects.filter(pk=page.pk).exists()
        assert by_the_clock(timedelta(0)) == set()
    assert sent() == set() and Notice.objects.filter(mail="queued").exists()
    assert ("rita@example.org", "待审核：标题") in by_the_clock(timedelta(0))
    assert not Notice.objects.filter(mail="queued").exists()


def test_a_bad_address_is_given_up_and_told(house, run, monkeypatch):
    def refuse(self, messages):
        if "rita@example.org" in messages[0].to:
            raise OSError("550")
        return original(self, messages)

    original = EmailBackend.send_messages
    with monkeypatch.context() as dead:
        dead.setattr(EmailBackend, "send_messages", refuse)
        page = house.draft(house.alice, "news", "标题")
        assert run(services.submit, page, house.alice) == {("rolf@example.org", "待审核：标题")}
        for _try in range(8):
            by_the_clock(timedelta(0))
    assert Notice.objects.get(user=house.rita).mail == "failed"
    assert by_the_clock(timedelta(0)) == set()
    admin = house.client(house.admin)
    assert "1 封通知邮件多次发送失败" in admin.get(reverse("wagtailadmin_home")).content.decode()
    failed = reverse("review:notices_failed")
    assert "rita@example.org" in admin.get(failed).content.decode()
    assert house.client(house.olga).get(failed).status_code in (302, 403)
    admin.post(failed)
    assert by_the_clock(timedelta(0)) == {("rita@example.org", "待审核：标题")}


def test_a_notice_is_part_of_its_act(house):
    """What is undone is not told; a demonstration tells nobody."""
    page = house.draft(house.alice, "news", "标题")
    with transaction.atomic():
        services.submit(page, house.alice)
        assert Notice.objects.exists()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    with demonstration(timezone.now()):
        services.submit(page, house.alice)
    assert not Notice.objects.exists()
