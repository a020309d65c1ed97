"""`load_demo`: everything through the real review, dated from the day given, said to be a demo."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.timezone import localtime
from wagtail.models import TaskState

from page_types.models import ArticlePage, PolicyPage
from page_types.publication.models import Entry, Event
from page_types.review.tasks import CentrePublish, DepartmentReview, LeaderReview, OfficeReview
from structure.demo_content import read_content

AS_OF = date(2016, 9, 30)
PLAN = "广东省体育局关于做好2016年政务公开工作的实施方案"


def load(*arguments):
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def demo(db, tmp_path):
    call_command("sync_structure", stdout=StringIO())
    call_command("create_accounts", file=tmp_path / "accounts.txt", stdout=StringIO())
    load("--as-of", AS_OF.isoformat())


def test_the_plan_is_public_in_its_column_with_its_interpretation(demo, client):
    plan = Entry.objects.get(title=PLAN)
    path = f"/zwgk/zfxxgk/xxgkml/bmwj/{plan.slug}/"
    text = client.get(path).content.decode()
    assert "谁制作、谁审核、谁负责" in text
    assert "演示内容" in text
    interpretation = Entry.objects.exclude(slug="").get(column__key="zcjd")
    assert interpretation.title.startswith("【演示】")
    assert f"/zwgk/zcfg/zcjd/{interpretation.slug}/" in text
    back = client.get(f"/zwgk/zcfg/zcjd/{interpretation.slug}/").content.decode()
    assert path in back
    assert PLAN in client.get("/").content.decode()


def test_what_no_source_states_is_left_empty(demo):
    plan = PolicyPage.objects.get()
    assert (plan.document_number, plan.signed_date) == ("", None)


def test_ten_columns_have_an_article_marked_as_a_demonstration(demo):
    articles = Entry.objects.filter(type="page_types.articlepage").exclude(column__key="zcjd")
    assert articles.count() == articles.values("column").distinct().count() == 10
    assert all(title.startswith("【演示】") for title in articles.values_list("title", flat=True))


def test_events_keep_their_true_time_and_play_only_the_shown_date(demo):
    events = Event.objects.filter(authority="sealed")
    assert events.count() == 12
    for event in events:
        assert event.source == "demo"
        assert event.at.year > 2016
        shown = localtime(event.shown_at).date()
        assert AS_OF - timedelta(days=800) < shown <= AS_OF
    steps = [seal[0] for seal in Event.objects.get(title=PLAN).detail["seals"]]
    assert steps == ["department_review", "leader_review", "office_review", "centre_publish"]
    signers = [seal[1] for seal in Event.objects.get(title=PLAN).detail["seals"]]
    assert len(set(signers)) == 4


def test_one_draft_waits_at_each_step_and_one_was_returned(demo):
    for task in (DepartmentReview, LeaderReview, OfficeReview, CentrePublish):
        waiting = TaskState.objects.filter(
            task__in=task.objects.all(), status=TaskState.STATUS_IN_PROGRESS
        )
        assert waiting.count() == 1, task
    returned = TaskState.objects.get(status=TaskState.STATUS_REJECTED)
    assert "请" in returned.comment
    assert ArticlePage.objects.filter(live=False).count() == 5


def test_a_second_run_changes_nothing(demo):
    before = Event.objects.count(), ArticlePage.objects.count(), TaskState.objects.count()
    assert "没有变化" in load("--as-of", "2020-01-01")
    assert before == (Event.objects.count(), ArticlePage.objects.count(), TaskState.objects.count())


def test_all_that_stands_in_the_data_is_loaded(demo):
    assert {item.fields["title"] for item in read_content()} == {
        *ArticlePage.objects.values_list("draft_title", flat=True),
        *PolicyPage.objects.values_list("draft_title", flat=True),
    }
