"""Accounts of the demonstration: told once, kept privately, never changed by a second run."""

import os
import re
import stat
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Appointment, Department, Post, User
from structure import slips
from structure.people import LETTERS, Person, read_people
from structure.plan import load_plan
from tests.structure.small_plan import everything


@pytest.fixture
def departments(db):
    for each in load_plan().real_departments:
        Department.objects.create(code=each.id, name=each.name, position=each.position)


@pytest.fixture
def create(departments, tmp_path):
    """A function that runs the command on the test's file and returns what it prints."""

    def run():
        out = StringIO()
        call_command("create_accounts", file=tmp_path / "accounts.txt", stdout=out)
        return out.getvalue()

    return run


def listed(text):
    """account -> password of every line of a list."""
    lines = [line for line in text.splitlines() if re.search(r"\s[A-Za-z0-9]{16}$", line)]
    return dict(line.split()[-2:] for line in lines)


def test_everybody_can_sign_in_with_the_password_that_was_shown(create, tmp_path):
    said = create()
    people = read_people()
    passwords = listed(said)
    assert set(passwords) == {person.username for person in people}
    for person in people:
        user = authenticate(username=person.username, password=passwords[person.username])
        assert user is not None, person.username
        assert str(user) == person.name and str(user).startswith("演示·")
        assert user.is_superuser == person.superuser
    assert str(tmp_path / "accounts.txt") in said


def test_posts_are_those_of_the_file(create):
    create()
    for person in read_people():
        held = Appointment.objects.filter(user__username=person.username)
        assert {(a.post, a.department and a.department.code) for a in held} == set(person.posts)
    officer = User.objects.get(username="qunti-xinxi")
    mass = Department.objects.get(code="mass")
    assert officer.department == mass
    assert duties_of(officer).officer_of == {mass.pk}
    assert [group.name for group in officer.groups.all()] == ["信息员·群体处"]
    assert User.objects.get(username="fenguan-1").department is None


def test_the_file_is_private_and_says_what_was_shown(create, tmp_path):
    old = os.umask(0)
    try:
        said = create()
    finally:
        os.umask(old)
    file = tmp_path / "accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert listed(file.read_text(encoding="utf-8")) == listed(said)
    assert list(tmp_path.iterdir()) == [file]


def test_a_second_run_changes_nothing(create, tmp_path):
    create()
    file = tmp_path / "accounts.txt"
    before = file.read_bytes(), everything()
    said = create()
    assert "密码未改" in said and "passwords unchanged" in said
    assert listed(said) == {}
    assert (file.read_bytes(), everything()) == before


def test_later_accounts_are_added_to_the_file(create, tmp_path):
    create()
    file = tmp_path / "accounts.txt"
    before = listed(file.read_text(encoding="utf-8"))
    User.objects.filter(username="zhuyao").update(username="another")
    said = create()
    after = listed(file.read_text(encoding="utf-8"))
    assert set(after) == set(before)
    assert {account for account in after if after[account] != before[account]} == {"zhuyao"}
    assert after["zhuyao"] == listed(said)["zhuyao"]


def test_passwords_are_random_and_readable(create):
    passwords = listed(create()).values()
    assert len(set(passwords)) == len(passwords)
    assert min(map(len, passwords)) >= 14
    assert set("".join(passwords)) <= set(LETTERS)
    assert not set("0OoIl1") & set(LETTERS)


def test_no_department_no_accounts(db, tmp_path):
    with pytest.raises(CommandError, match="sync_structure"):
        call_command("create_accounts", file=tmp_path / "accounts.txt", stdout=StringIO())
    assert not User.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_no_file_no_accounts(departments, tmp_path):
    with pytest.raises(CommandError):
        call_command("create_accounts", file=tmp_path / "no" / "where", stdout=StringIO())
    assert not User.objects.exists()


def test_a_file_that_cannot_be_replaced_stays(tmp_path, monkeypatch):
    file = tmp_path / "accounts.txt"
    slips.write_private(file, "old")

    def fails(*paths):
        raise OSError

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError):
        slips.write_private(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_person_is_described_by_all_posts():
    person = Person("x", "演示·某", ((Post.LEADER, "a"), (Post.LEADER, "b"), (Post.OFFICE, None)))
    assert person.duties({"a": "甲处", "b": "乙处"}) == "分管局领导·甲处、乙处；办公室"
