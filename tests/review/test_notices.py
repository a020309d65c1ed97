"""Mails: to the people of the step, never to the barred; and none that stops an act."""

from django.core import mail

from page_types.organisation.models import Post
from page_types.organisation.services import appoint
from page_types.publication.models import Entry
from page_types.review import services


def sent():
    """{(address, subject)} of the mails so far; empties the box."""
    found = {(to, letter.subject) for letter in mail.outbox for to in letter.to}
    mail.outbox.clear()
    return found


def run(callbacks, act, *args):
    with callbacks(execute=True):
        act(*args)
    return sent()


def test_who_gets_mail(house, django_capture_on_commit_callbacks):
    run_ = lambda act, *args: run(django_capture_on_commit_callbacks, act, *args)  # noqa: E731
    appoint(house.andy, Post.REVIEWER, house.departments["a"])
    page = house.draft(house.andy, "news", "标题")
    waiting = "待审核：标题"
    assert run_(services.submit, page, house.alice) == {
        ("rita@example.org", waiting),
        ("rolf@example.org", waiting),
    }
    assert run_(house.pass_on, page, house.rita) == {("lin@example.org", waiting)}
    back = run_(services.return_draft, house.state_of(page), house.lin, "日期有误")
    assert back == {
        ("alice@example.org", "已退回：标题"),
        ("andy@example.org", "已退回：标题"),
    }
    run_(services.submit, page, house.alice)
    run_(house.pass_on, page, house.rita, house.lin, house.olga)
    assert {to for to, _subject in run_(house.pass_on, page, house.cai)} == {"alice@example.org"}


def test_mail_leads_to_the_screen_and_says_why(house, django_capture_on_commit_callbacks):
    page = house.draft(house.alice, "news", "标题")
    with django_capture_on_commit_callbacks(execute=True):
        services.submit(page, house.alice)
    assert f"/admin/review/{house.state_of(page).pk}/" in mail.outbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        services.return_draft(house.state_of(page), house.rita, "日期有误")
    assert "日期有误" in mail.outbox[-1].body and "李塔" in mail.outbox[-1].body


def test_a_dead_mail_server_stops_nothing(house, monkeypatch, django_capture_on_commit_callbacks):
    from django.core.mail.backends.locmem import EmailBackend

    def fail(*args, **kwargs):
        raise OSError("no mail server")

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    monkeypatch.setattr(EmailBackend, "open", fail)
    with django_capture_on_commit_callbacks(execute=True):
        page = house.draft(house.alice, "quick", "标题")
        services.submit(page, house.alice)
    with django_capture_on_commit_callbacks(execute=True):
        house.pass_on(page, house.rita)
    assert Entry.objects.filter(pk=page.pk).exists()
