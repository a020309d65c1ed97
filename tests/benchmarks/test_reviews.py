"""10,000 texts in review, 300 people, 60 columns: home and queue ask at most 40 questions."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import TaskState

from page_types.organisation.models import Post, User
from page_types.publication.models import Column
from page_types.review import services
from page_types.review.deputies import stuck
from tests.benchmarks.bulk_reviews import add_columns, add_people, add_reviews
from tests.houses import small_house

QUERIES = 40
SCREENS = {
    "home": reverse("wagtailadmin_home"),
    "queue": reverse("review:queue"),
    "queue, page 100": f"{reverse('review:queue')}?all=100",
}


@pytest.mark.prove
def test_ten_thousand_in_review(db):
    house = small_house()
    departments = add_people(300 - User.objects.count())
    add_columns(house.pages[Column.HOME], 60 - Column.objects.count(), departments)
    like = house.draft(house.alice, "news", "样稿")
    services.submit(like, house.alice)
    found = {}
    for before, count in ((0, 100), (100, 10_000)):
        add_reviews(count - before, like, departments, first=before)
        for person in _one_of_each_post():
            client = Client()
            client.force_login(person)
            for name, url in SCREENS.items():
                client.get(url)  # the columns are read once a process
                begun = time.perf_counter()
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(url).status_code == 200
                took = time.perf_counter() - begun
                found.setdefault((person.appointments.get().post, name), []).append(len(asked))
                print(f"{count:>6} {person.appointments.get().post:<10}{name:<16}"
                      f"{len(asked):>4} queries {took * 1000:>7.0f} ms")  # fmt: skip
    assert TaskState.objects.count() > 10_000 and User.objects.count() == 300
    assert Column.objects.count() == 60
    begun = time.perf_counter()
    stuck.look()
    print(f"looking for stuck steps: {time.perf_counter() - begun:.1f} s")
    for place, (few, many) in found.items():
        assert many <= QUERIES and many <= few, (place, few, many)


def _one_of_each_post():
    for post in (Post.OFFICER, Post.REVIEWER, Post.LEADER, Post.OFFICE, Post.CENTRE):
        yield User.objects.filter(username__startswith="u", appointments__post=post).first()
