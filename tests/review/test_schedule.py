"""Approved texts that wait for their time, and pages that come down at theirs."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from page_types.publication.models import Entry, Event, Schedule, Seal
from page_types.review import services

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=2)


def clock_at(monkeypatch, moment):
    """The clock of the whole portal stands at the moment."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


def approved_for(house, moment, column="quick", author=None, **dates):
    """A text of Alice's that is approved to go out at the moment."""
    page = house.draft(author or house.alice, column, "定时的消息", go_live_at=moment, **dates)
    house.publish(page, author or house.alice)
    return page


def shown(page):
    return Client().get(f"/quick/{page.slug}/").status_code


def test_a_text_goes_out_at_its_time_and_not_before(house, monkeypatch):
    due = timezone.now() + SOON
    page = approved_for(house, due)
    assert shown(page) == 404
    call_command("run_scheduler")
    assert shown(page) == 404
    clock_at(monkeypatch, due + timedelta(seconds=1))
    call_command("publish_scheduled")
    assert shown(page) == 200
    event = Event.objects.get(subject=f"page/{page.pk}")
    # It counts as published by whoever gave the last approval, on the day it went out.
    assert (event.who, event.authority, event.at) == (house.rita, "sealed", timezone.now())
    call_command("publish_scheduled")
    assert Event.objects.filter(subject=f"page/{page.pk}").count() == 1


def test_the_date_is_part_of_what_was_approved(house):
    page = house.draft(house.alice, "quick", "定时的消息", go_live_at=timezone.now() + SOON)
    services.submit(page, house.alice)
    state = house.state_of(page)
    seen = services.seen_now(state)
    revision = state.revision
    revision.content["go_live_at"] = None
    revision.save(update_fields=["content"])
    with pytest.raises(services.ReviewRefused, match="已变动"):
        services.approve(state, house.rita, seen)


def test_the_last_approver_is_told_when_it_goes_out(house):
    due = timezone.now() + SOON
    page = house.draft(house.alice, "quick", "定时的消息", go_live_at=due)
    services.submit(page, house.alice)
    state = house.state_of(page)
    url = reverse("review:screen", args=[state.pk])
    client = house.client(house.rita)
    when = timezone.localtime(due).strftime("%Y-%m-%d %H:%M")
    assert when in client.get(url).content.decode()
    data = {"action": "approve", "seen": services.seen_now(state), "comment": ""}
    assert f"定于 {when} 自动发布" in client.post(url, data, follow=True).content.decode()
    assert shown(page) == 404


def test_a_waiting_text_changed_behind_its_seals_is_refused_and_others_go_out(house, monkeypatch):
    due = timezone.now() + SOON
    bad, good = approved_for(house, due), approved_for(house, due)
    revision = bad.get_latest_revision()
    revision.content["title"] = "换过的标题"
    revision.save(update_fields=["content"])
    clock_at(monkeypatch, due)
    call_command("publish_scheduled")
    assert not Entry.objects.filter(pk=bad.pk).exists() and shown(good) == 200
    refused = Schedule.objects.get(page_id=bad.pk)
    assert refused.state == "refused" and "批准的不是现在的文本" in refused.ended_why


def test_a_page_comes_down_at_its_time_and_says_so(house, monkeypatch):
    down = timezone.now().replace(microsecond=0) + SOON
    page = house.draft(house.alice, "quick", "只挂到今天", expire_at=down)
    house.publish(page, house.alice)
    assert shown(page) == 200
    clock_at(monkeypatch, down)
    call_command("publish_scheduled")
    assert shown(page) == 410


def test_a_newer_publication_ends_what_waited(house, monkeypatch):
    due = timezone.now() + SOON
    page = approved_for(house, due)
    newer = house.edit(page, house.alice, go_live_at=None, title="更新的消息")
    house.publish(newer, house.alice)
    assert Entry.objects.get(pk=page.pk).title == "更新的消息"
    clock_at(monkeypatch, due)
    call_command("publish_scheduled")
    assert Entry.objects.get(pk=page.pk).title == "更新的消息"
    assert Schedule.objects.get().state == "cancelled"


def test_taking_it_off_asks_for_a_reason_and_voids_the_approvals(house, monkeypatch):
    due = timezone.now() + SOON
    page = approved_for(house, due)
    waiting = Schedule.objects.get()
    url = reverse("review:unschedule", args=[waiting.pk])
    assert house.client(house.bob).get(url).status_code == 404  # another department's
    client = house.client(house.alice)
    assert "原因" in client.get(url).content.decode()
    client.post(url, {"reason": " "})
    assert Schedule.objects.get().state == "waiting"
    client.post(url, {"reason": "情况有变"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.ended_why) == ("cancelled", "情况有变")
    assert set(Seal.objects.values_list("state", flat=True)) == {"void"}
    clock_at(monkeypatch, due)
    call_command("publish_scheduled")
    assert shown(page) == 404


def test_only_office_and_centre_lift_a_date_of_coming_down(house):
    page = house.draft(house.alice, "quick", "只挂到今天", expire_at=timezone.now() + SOON)
    house.publish(page, house.alice)
    url = reverse("review:unschedule", args=[Schedule.objects.get().pk])
    # Core's view answers a refusal by sending home with a message.
    assert house.client(house.rita).post(url, {"reason": "不撤了"}).status_code == 302
    assert Schedule.objects.get().state == "waiting"
    house.client(house.olga).post(url, {"reason": "不撤了"})
    assert Schedule.objects.get().state == "cancelled"


def test_dates_out_of_order_are_refused_with_the_reason(house):
    now = timezone.now()
    page = house.draft(
        house.alice, "quick", "颠倒", go_live_at=now + SOON, expire_at=now + SOON / 2
    )
    services.submit(page, house.alice)
    state = house.state_of(page)
    with pytest.raises(services.ReviewRefused, match="晚于定时发布"):
        services.approve(state, house.rita, services.seen_now(state))
    assert not Schedule.objects.exists()


def test_a_date_of_coming_down_can_be_given_to_what_is_public(house):
    down = timezone.now().replace(microsecond=0) + SOON
    page = house.publish(house.draft(house.alice, "quick", "没有期限"), house.alice)
    with pytest.raises(services.ReviewRefused, match="无须送审"):
        services.submit(page, house.alice)
    house.publish(house.edit(page, house.alice, expire_at=down), house.alice)
    assert Schedule.objects.get().due_at == down and shown(page) == 200
