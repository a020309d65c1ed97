"""交接: posts, drafts and account in one transaction; nothing is deleted."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Appointment, Post, User
from page_types.organisation.services import appoint
from page_types.review import handover, services
from page_types.review.errors import ReviewRefused


@pytest.fixture
def adam(house):
    """The administrator, who is no superuser."""
    adam = User.objects.create(username="adam", last_name="亚", first_name="当")
    appoint(adam, Post.ADMINISTRATOR)
    return adam


def fresh(user):
    return User.objects.get(pk=user.pk)


def form(person, successor, **more):
    """The form as the screen sends it: one successor for every post."""
    fields = {
        f"successor_{appointment.pk}": successor.pk if successor else ""
        for appointment in Appointment.objects.current().filter(user=person)
    }
    return {**fields, **more}


def test_an_officer_leaves_and_another_goes_on(house, adam, django_capture_on_commit_callbacks):
    new = User.objects.create(username="new", last_name="新", email="new@example.org")
    draft = house.draft(house.alice, "news", "未完的稿件")
    returned = house.draft(house.alice, "news", "退回的稿件")
    services.submit(returned, house.alice)
    services.return_draft(house.state_of(returned), house.rita, "请补充")
    client = house.client(adam)
    url = reverse("review:handover", args=[house.alice.pk])
    shown = client.get(url).content.decode()
    for words in ("信息员·群众体育处", "未完的稿件", "退回的稿件"):
        assert words in shown
    asked = client.post(url, form(house.alice, new, deactivate="on", step="check"))
    assert "尚未办理" in asked.content.decode() and "转给 新" in asked.content.decode()
    assert duties_of(fresh(house.alice)).officer_of and not duties_of(fresh(new)).officer_of
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, form(house.alice, new, deactivate="on", step="do"))
    alice, new = fresh(house.alice), fresh(new)
    ended = Appointment.objects.get(user=alice)
    assert ended.ends == timezone.localdate() - timedelta(days=1)
    assert not alice.is_active and not alice.groups.exists()
    assert duties_of(new).officer_of == {house.departments["a"].pk} and new.groups.exists()
    for page in (draft, returned):
        assert Page.objects.get(pk=page.pk).owner == new
        assert PageLogEntry.objects.filter(page=page.pk, action=handover.ACTION).exists()
    assert ModelLogEntry.objects.get(action=handover.ACTION).user == adam
    assert {to for message in mail.outbox for to in message.to} == {alice.email, new.email}
    services.submit(Page.objects.get(pk=returned.pk).specific, new)  # he goes on where it stood


def test_a_review_is_not_left_without_anybody_unless_it_is_chosen(house, adam):
    page = house.draft(house.bob, "policy", "等贝娅的稿件")
    services.submit(page, house.bob)
    url = reverse("review:handover", args=[house.beate.pk])
    client = house.client(adam)
    asked = client.post(url, form(house.beate, None, step="check")).content.decode()
    assert "“等贝娅的稿件”：处室审核" in asked
    refused = client.post(url, form(house.beate, None, step="do"), follow=True)
    assert "将无人办理" in refused.content.decode()
    assert duties_of(fresh(house.beate)).reviewer_of
    client.post(url, form(house.beate, None, step="do", allow_gaps="on"))
    assert not duties_of(fresh(house.beate)).reviewer_of


def test_the_only_reviewer_left_must_not_be_the_author(house, adam):
    """The successor has written the text himself: he could not decide on it."""
    page = house.draft(house.bob, "policy", "鲍勃写的稿件")
    services.submit(page, house.bob)
    appointment = house.beate.appointments.get()
    with pytest.raises(ReviewRefused, match="鲍勃写的稿件"):
        handover.hand_over(house.beate, {appointment.pk: house.bob}, by=adam)
    assert duties_of(fresh(house.beate)).reviewer_of


def test_only_administrators_hand_over_and_one_remains(house, adam):
    appointment = house.alice.appointments.get()
    for user in (house.olga, house.rita):
        assert house.client(user).get(reverse("review:handovers")).status_code in (302, 403)
        with pytest.raises(ReviewRefused):
            handover.hand_over(house.alice, {appointment.pk: house.andy}, by=user)
    User.objects.filter(is_superuser=True).update(is_superuser=False)
    with pytest.raises(ReviewRefused, match="没有系统管理员"):
        handover.hand_over(adam, {}, by=adam, deactivate=True)
    assert fresh(adam).is_active
    with pytest.raises(ReviewRefused, match="另一位"):
        handover.hand_over(house.alice, {appointment.pk: house.alice}, by=adam)
    assert Appointment.objects.get(pk=appointment.pk).ends is None
