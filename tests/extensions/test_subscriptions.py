"""Mail subscriptions: asked for twice, answered alike, ended by one click, never sent twice."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from extensions.subscriptions.models import Subscription
from page_types.publication.models import Event
from tests.houses import small_house
from tests.ledger import with_columns
from tests.once import anew

ledger = anew(with_columns)  # some tests here need the other bureau in its place


READER = "reader@example.org"


@pytest.fixture(autouse=True)
def no_earlier_visits():
    """Limits are counted in the cache, which outlives a test."""
    cache.clear()


def ask(client, key="news", email=READER, **more):
    return client.post(f"/subscribe/{key}/", {"email": email, "consent": "on", **more})


def path_in(letter, what):
    """The path of the door named `what` in a mail."""
    return re.search(rf"https?://[^/]+(/subscribe/{what}/\S+)", letter.body)[1]


def subscribe(client, key="news", email=READER):
    """Through form, mail and button; returns the path by which to leave."""
    ask(client, key, email)
    client.post(path_in(mail.outbox[-1], "confirm"))
    return path_in(mail.outbox[-1], "stop")


def send(**options):
    mail.outbox.clear()
    call_command("send_subscriptions", verbosity=0, **options)
    return mail.outbox


def test_a_column_page_leads_to_its_form_and_the_home_page_to_none(ledger, client):
    assert 'href="/subscribe/news/"' in client.get("/news/").content.decode()
    assert "/subscribe/home/" not in client.get("/").content.decode()
    assert client.get("/subscribe/home/").status_code == 404
    assert client.get("/subscribe/nothing/").status_code == 404
    assert 'href="/subscribe/news/"' in client.get("/subscribe/").content.decode()


def test_nothing_is_confirmed_before_the_button(ledger, client):
    assert ask(client).status_code == 200
    assert [letter.to for letter in mail.outbox] == [[READER]]
    path = path_in(mail.outbox[0], "confirm")
    page = client.get(path)  # a scanner of mails gets no further
    assert page.status_code == 200 and not page.cookies
    assert Subscription.objects.get().confirmed_at is None
    Client(enforce_csrf_checks=True).post(path)
    assert Subscription.objects.get().confirmed_at is not None


def test_the_answer_does_not_tell_who_is_subscribed(ledger, client):
    def answer(email):
        return re.sub(r'value="\w{64}"', "", ask(client, email=email).content.decode())

    subscribe(client)
    mail.outbox.clear()
    assert answer(READER) == answer("new@example.org")
    assert [letter.to for letter in mail.outbox] == [[READER], ["new@example.org"]]
    assert "confirm" not in mail.outbox[0].body
    assert Subscription.objects.filter(email=READER).count() == 1


@pytest.mark.parametrize(
    "change, words",
    [
        ({"email": "kein-at"}, "邮箱地址不完整"),
        ({"email": ""}, "请填写邮箱"),
        ({"consent": ""}, "请先勾选同意"),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "邮箱地址不完整"),
    ],
)
def test_a_form_that_lacks_something_says_what(ledger, client, change, words):
    answer = ask(client, **change)
    assert words in answer.content.decode()
    assert not Subscription.objects.exists() and not mail.outbox


def test_machines_are_thanked_and_forgotten_and_floods_refused(ledger, client, settings):
    assert ask(client, website="http://spam.example/").status_code == 200
    assert not mail.outbox and not Subscription.objects.exists()
    for _number in range(5):
        ask(client, email=READER)
    assert len(mail.outbox) == int(settings.SUBSCRIPTION_RATE_OF_ADDRESS.split("/")[0])
    for number in range(20):
        answer = ask(client, email=f"n{number}@example.org")
    assert answer.status_code == 429
    assert "一小时后再试" in answer.content.decode()
    assert ask(client, email="a@example.org", website="").status_code == 429
    other = client.post(
        "/subscribe/news/", {"email": "b@example.org", "consent": "on"}, REMOTE_ADDR="192.0.2.9"
    )
    assert other.status_code == 200


def test_behind_a_proxy_each_visitor_counts_for_himself(ledger, client, settings):
    settings.PORTAL_TRUSTED_PROXIES, settings.SUBSCRIPTION_RATE = 1, "1/h"
    headers = [{"X-Forwarded-For": f"203.0.113.1, 192.0.2.{number}"} for number in (1, 2)]
    form = {"email": READER, "consent": "on"}
    answers = [client.post("/subscribe/news/", form, headers=each) for each in headers + headers]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]


def test_an_old_or_false_link_confirms_nothing(ledger, client, settings):
    ask(client)
    path = path_in(mail.outbox[0], "confirm")
    assert client.post(path.replace("/confirm/", "/confirm/x")).status_code == 410
    settings.SUBSCRIPTION_CONFIRM_DAYS = -1
    assert client.post(path).status_code == 410
    assert Subscription.objects.get().confirmed_at is None


def test_one_click_ends_it_and_erases_the_address(ledger, client):
    ledger.article("news", "一")
    path = subscribe(client)
    subscribe(client, "notice")
    headers = mail.outbox[-1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.get(path).status_code == 200
    assert Subscription.objects.count() == 2
    stranger = Client(enforce_csrf_checks=True)
    done = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200 and not done.cookies
    assert Subscription.objects.get().column.key == "notice"
    assert stranger.post(path).status_code == 200  # twice is no error
    ledger.article("notice", "二")
    letter = send()[0]
    link = re.search(r"<https?://[^/]+(/\S+)>", letter.extra_headers["List-Unsubscribe"])[1]
    stranger.post(link, {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.exists()


def test_one_mail_a_run_names_what_is_new_and_nothing_twice(ledger, client, settings):
    ledger.article("news", "订阅之前的")
    subscribe(client)
    subscribe(client, "policy")
    old = timezone.make_aware(timezone.datetime(2016, 8, 5))
    page = ledger.article("news", "新的一条", shown_at=old)
    ledger.article("notice", "别的栏目")
    draft = ledger.draft("news", "草稿")
    letters = send()
    assert len(letters) == 1
    body = letters[0].body
    assert "新的一条" in body and "2016-08-05" in body
    assert f"{settings.SITE_URL}/news/{page.slug}/" in body
    for absent in ("订阅之前的", "别的栏目", draft.title):
        assert absent not in body
    assert letters[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert send() == []
    ledger.revise(page, title="新的一条（修订）")
    ledger.publish(page)
    assert send() == []  # a revision is no new publication


def test_demonstration_content_is_nobodys_news(ledger, client):
    subscribe(client)
    page = ledger.draft("news", "演示")
    ledger.publish(page, source=Event.Source.DEMO)
    assert send() == []


def test_one_dead_address_stops_no_other_and_stays_due(ledger, client, monkeypatch):
    for email in ("a@example.org", "dead@example.org", "z@example.org"):
        subscribe(client, email=email)
    ledger.article("news", "新的一条")
    original = EmailBackend.send_messages

    def refusing(self, messages):
        if messages[0].to == ["dead@example.org"]:
            raise OSError("mailbox unavailable")
        return original(self, messages)

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refusing)
        with pytest.raises(CommandError):
            send()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["a@example.org", "z@example.org"]
    assert [letter.to for letter in send()] == [["dead@example.org"]]


def test_an_address_that_another_run_is_mailing_is_left_to_it(ledger, client):
    subscribe(client)
    ledger.article("news", "新的一条")
    Subscription.objects.update(claimed_at=timezone.now())
    assert send() == []
    Subscription.objects.update(claimed_at=timezone.now() - timedelta(hours=2))  # it died
    assert len(send()) == 1


def test_addresses_that_were_never_confirmed_are_erased_in_time(ledger, client, settings):
    subscribe(client, email="kept@example.org")
    ask(client)
    days = timedelta(days=settings.SUBSCRIPTION_CONFIRM_DAYS)
    Subscription.objects.update(asked_at=timezone.now() - days + timedelta(hours=1))
    send()
    assert Subscription.objects.count() == 2
    Subscription.objects.update(asked_at=timezone.now() - days - timedelta(hours=1))
    send()
    assert [each.email for each in Subscription.objects.all()] == ["kept@example.org"]


def test_the_desk_counts_and_shows_no_address_to_anybody(db, client):
    house = small_house()
    subscribe(client)
    ask(client, email="other@example.org")
    url = "/admin/subscriptions/"
    for person in (house.olga, house.cai, house.admin):
        text = house.client(person).get(url).content.decode()
        assert "体育要闻" in text and READER not in text and "other@example.org" not in text
    assert house.client(house.alice).get(url).status_code in (302, 403)
    house.client(house.olga).post(url, {"email": READER})
    assert Subscription.objects.count() == 2
    house.client(house.admin).post(url, {"email": READER.upper()})
    assert [each.email for each in Subscription.objects.all()] == ["other@example.org"]


def test_the_privacy_notice_speaks_of_it(ledger, client, settings):
    text = client.get("/privacy/").content.decode()
    assert "邮件订阅" in text and f"{settings.SUBSCRIPTION_CONFIRM_DAYS} 天内没有确认" in text
