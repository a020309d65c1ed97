"""Whoever has a password that somebody else has set can do nothing but change it."""

import pytest
from django.test import Client
from django.urls import reverse

from page_types.organisation.models import Post, User
from page_types.organisation.services import appoint

FIRST, OWN = "ChuShi-Mima-2026", "WoDe-XinMima-88"
PAGE = reverse("portal_first_password")


@pytest.fixture
def newcomer(db):
    """An account that an administrator has made in the admin."""
    administrator = User.objects.create_superuser("admin", last_name="管")
    client = Client()
    client.force_login(administrator)
    fields = {
        "username": "xin", "email": "xin@example.org", "first_name": "来", "last_name": "新",
        "password1": FIRST, "password2": FIRST, "is_active": "on",
    }  # fmt: skip
    client.post(reverse("wagtailusers_users:add"), fields)
    user = User.objects.get(username="xin")
    appoint(user, Post.OFFICE)
    return user


@pytest.fixture
def door(newcomer):
    """The newcomer's browser, signed in with the password that he was given."""
    client = Client()
    client.post(reverse("wagtailadmin_login"), {"username": "xin", "password": FIRST})
    return client


def test_an_account_without_a_post_is_told_whom_to_ask(newcomer):
    newcomer.appointments.all().delete()
    User.objects.get(pk=newcomer.pk).groups.clear()
    data = {"username": "xin", "password": FIRST}
    answer = Client().post(reverse("wagtailadmin_login"), data)
    assert answer.status_code == 200 and "请联系系统管理员为您任职" in answer.content.decode()
    data["password"] = "wrong"
    assert "任职" not in Client().post(reverse("wagtailadmin_login"), data).content.decode()


def test_every_address_of_the_admin_leads_to_the_change(door):
    for name in ("wagtailadmin_home", "wagtailadmin_explore_root", "wagtailadmin_account",
                 "review:queue", "appointments:index"):  # fmt: skip
        answer = door.get(reverse(name))
        assert (answer.status_code, answer.url) == (302, PAGE), name
    api = door.get(reverse("wagtailadmin_api:pages:listing"))
    assert api.status_code == 403 and "请先修改初始密码" in api.json()["detail"]
    assert door.post(reverse("wagtailadmin_account"), {}).status_code == 403
    assert "只有您自己知道的密码" in door.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("falsch-falsch-1", OWN, "旧密码不正确"),
        (FIRST, FIRST, "不能与原密码相同"),
        (FIRST, "12345", "至少 10 个字符"),
    ],
)
def test_a_bad_password_is_refused_and_nothing_opens(door, newcomer, old, new, said):
    answer = door.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": new})
    assert answer.status_code == 200 and said in answer.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.must_change_password and newcomer.check_password(FIRST)


def test_after_the_change_everything_is_open(door, newcomer):
    answer = door.post(PAGE, {"old_password": FIRST, "new_password1": OWN, "new_password2": OWN})
    assert answer.url == reverse("wagtailadmin_home")
    assert door.get(reverse("wagtailadmin_home")).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.check_password(OWN) and not newcomer.must_change_password
    assert door.get(PAGE).status_code == 302


def test_a_password_set_by_another_must_be_changed_ones_own_need_not(door, newcomer):
    door.post(PAGE, {"old_password": FIRST, "new_password1": OWN, "new_password2": OWN})
    administrator = Client()
    administrator.force_login(User.objects.get(username="admin"))
    fields = {
        "username": "xin", "email": "xin@example.org", "first_name": "来", "last_name": "新",
        "is_active": "on", "password1": "", "password2": "",
    }  # fmt: skip
    edit = reverse("wagtailusers_users:edit", args=[newcomer.pk])
    administrator.post(edit, fields)
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password
    administrator.post(edit, fields | {"password1": FIRST, "password2": FIRST})
    newcomer.refresh_from_db()
    assert newcomer.must_change_password
