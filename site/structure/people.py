"""The people of the demonstration: reading people.yaml, making their accounts, naming them."""

import secrets
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from page_types.organisation.models import DEPARTMENT_POSTS, Department, Post, User
from page_types.organisation.services import appoint

PEOPLE_FILE = Path(__file__).with_name("demo") / "people.yaml"
#: Without 0 O o, 1 I l i, 2 Z z, 5 S s, 8 B: passwords are copied from a screen or a slip of paper.
LETTERS = "ACDEFGHJKLMNPQRTUVWXYabcdefghjkmnpqrtuvwxy34679"
LENGTH = 16


class PeopleError(Exception):
    """Something in people.yaml does not fit; the message says what, in both languages."""


@dataclass(frozen=True)
class Person:
    """A person of the demonstration; `posts` are pairs of post and department code (or None)."""

    username: str
    name: str
    posts: tuple
    superuser: bool = False
    department: str | None = None

    def holds(self, post, code=None):
        """Whether the person holds the post (for the department)."""
        return (post, code if post in DEPARTMENT_POSTS else None) in self.posts

    def department_code(self):
        """Where the person works: as written, else where he drafts or reviews; leaders nowhere."""
        working = [code for post, code in self.posts if post in (Post.OFFICER, Post.REVIEWER)]
        return self.department or next(iter(working), None)

    def duties(self, names):
        """The posts in words; departments of one post are named together."""
        by_post = {}
        for post, code in self.posts:
            by_post.setdefault(post, []).append(names[code] if code else "")
        return "；".join(
            f"{Post(post).label}·{'、'.join(where)}" if where[0] else str(Post(post).label)
            for post, where in by_post.items()
        )


def read_people(path=PEOPLE_FILE):
    """The people of the file, in its order."""
    rows = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    try:
        people = [
            Person(
                username=row["username"],
                name=row["name"],
                posts=tuple((Post(p["post"]), p.get("department")) for p in row["posts"]),
                superuser=bool(row.get("superuser")),
                department=row.get("department"),
            )
            for row in rows
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise PeopleError(f"people.yaml 写法不对 / not as expected: {error!r}") from error
    if len({person.username for person in people}) != len(people):
        raise PeopleError("people.yaml 中账号重复 / a username is written twice")
    return people


def departments_of(people):
    """Code -> Department, for every department the people name; told when one is missing."""
    known = {department.code: department for department in Department.objects.all()}
    named = {code for person in people for _post, code in person.posts if code}
    if missing := sorted(named - set(known)):
        raise PeopleError(
            f"还没有这些部门：{'、'.join(missing)}；请先运行 sync_structure / "
            "departments are missing: run sync_structure first"
        )
    return known


def make_account(person, departments, keep_password=False):
    """The person's account and posts (idempotent): the new password, or None if it was there.

    The password must be changed at the first sign-in, unless `keep_password` exempts the account.
    """
    user = User.objects.filter(username=person.username).first()
    password = None
    if user is None:
        code = person.department_code()
        user = User(
            username=person.username,
            first_name=person.name,
            department=departments[code] if code else None,
            is_superuser=person.superuser,
            is_staff=person.superuser,
        )
        password = new_password(user)
        user.set_password(password)
        user.must_change_password = not keep_password
        user.save()
    for post, code in person.posts:
        appoint(user, post, departments[code] if code else None)
    return password


def new_password(user):
    """A random password that the site's own rules accept."""
    while True:
        password = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        try:
            validate_password(password, user)
        except ValidationError:
            continue
        return password
