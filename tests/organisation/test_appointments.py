"""Appointments in the admin: what a person may do follows from one row, at once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from page_types.organisation.duties import duties_of, holders
from page_types.organisation.models import Appointment, Department, Post, User
from page_types.organisation.services import appoint, end_appointment

TODAY = timezone.localdate


@pytest.fixture
def office(db):
    return Department.objects.create(code="office", name="办公室")


@pytest.fixture
def admin(client, db):
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def person(db):
    return User.objects.create(username="zhang", last_name="张", first_name="三")


def form(person, **fields):
    empty = dict.fromkeys(("department", "starts", "ends", "deputy_for"), "")
    return {"user": person.pk, **empty, **fields}


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_appointing_in_the_admin_gives_the_group_and_the_duty(admin, person, office):
    admin.post(reverse("appointments:add"), form(person, post="officer", department=office.pk))
    assert duties_of(fresh(person)).officer_of == {office.pk}
    assert [group.name for group in person.groups.all()] == ["信息员·办公室"]
    listed = admin.get(reverse("appointments:index")).content.decode()
    assert "张三" in listed and "信息员" in listed


def test_an_end_date_takes_both_back(admin, person, office):
    appointment = appoint(person, Post.OFFICER, office)
    yesterday = TODAY() - timedelta(days=1)
    admin.post(
        reverse("appointments:edit", args=[appointment.pk]),
        form(person, post="officer", department=office.pk, ends=yesterday.isoformat()),
    )
    assert not duties_of(fresh(person)).officer_of
    assert not person.groups.exists()


def test_moving_an_appointment_to_another_person_moves_the_groups(admin, person, office):
    other = User.objects.create(username="li")
    appointment = appoint(person, Post.OFFICER, office)
    admin.post(
        reverse("appointments:edit", args=[appointment.pk]),
        form(other, post="officer", department=office.pk),
    )
    assert not person.groups.exists()
    assert other.groups.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"post": "officer"}, "须指定部门"),
        ({"post": "office", "department": "office"}, "其他岗位不指定部门"),
        ({"post": "principal", "starts": "2026-02-02", "ends": "2026-02-01"}, "不能早于"),
    ],
)
def test_a_misfit_is_explained_and_nothing_saved(admin, person, office, fields, said):
    if fields.get("department"):
        fields = {**fields, "department": office.pk}
    answer = admin.post(reverse("appointments:add"), form(person, **fields))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Appointment.objects.exists()


def test_an_appointment_is_never_deleted(admin, person, office):
    appointment = appoint(person, Post.OFFICER, office)
    admin.post(reverse("appointments:delete", args=[appointment.pk]))
    assert Appointment.objects.filter(pk=appointment.pk).exists()


def test_only_administrators_appoint(client, person, office):
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    answer = client.post(reverse("appointments:add"), form(person, post="office"))
    assert answer.status_code == 302
    assert not Appointment.objects.exists()


def test_the_post_of_administrator_is_enough_to_appoint(client, person, office):
    administrator = User.objects.create(username="admin")
    appoint(administrator, Post.ADMINISTRATOR)
    client.force_login(administrator)
    client.post(reverse("appointments:add"), form(person, post="officer", department=office.pk))
    assert duties_of(fresh(person)).officer_of == {office.pk}
    assert client.get(reverse("wagtailusers_users:index")).status_code == 200


def test_a_person_is_deactivated_never_deleted(admin, person):
    answer = admin.post(reverse("wagtailusers_users:delete", args=[person.pk]), follow=True)
    assert "请改为停用" in answer.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["organisation", "user", "delete"])
    admin.post(f"{bulk}?id={person.pk}")
    assert User.objects.filter(pk=person.pk).exists()
    with pytest.raises(ValidationError, match="停用"):
        person.delete()


def test_a_deputy_stands_in_between_two_days(person, office):
    deputy = User.objects.create(username="deputy")
    today = TODAY()
    appoint(person, Post.REVIEWER, office)
    standing_in = appoint(
        deputy, Post.REVIEWER, office, deputy_for=person,
        starts=today, ends=today + timedelta(days=3),
    )  # fmt: skip
    assert set(holders(Post.REVIEWER, office.pk)) == {person, deputy}
    end_appointment(standing_in, today)
    assert deputy in holders(Post.REVIEWER, office.pk)
    Appointment.objects.filter(pk=standing_in.pk).update(
        starts=today - timedelta(days=3), ends=today - timedelta(days=1)
    )
    assert set(holders(Post.REVIEWER, office.pk)) == {person}


def test_an_inactive_person_has_no_duties(person, office):
    appoint(person, Post.REVIEWER, office)
    person.is_active = False
    person.save()
    assert not duties_of(fresh(person)).reviewer_of
    assert not holders(Post.REVIEWER, office.pk).exists()


def test_an_appointment_that_ran_out_loses_its_groups_at_the_next_sign_in(client, person, office):
    appointment = appoint(person, Post.OFFICER, office)
    Appointment.objects.filter(pk=appointment.pk).update(ends=TODAY() - timedelta(days=1))
    assert person.groups.filter(name__startswith="信息员").exists()
    client.force_login(person)
    assert not person.groups.filter(name__startswith="信息员").exists()
