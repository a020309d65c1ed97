"""`load_demo`: everything through the real review, dated from the day given, said to be a demo."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils.timezone import localtime
from wagtail.fields import StreamField
from wagtail.models import TaskState

from page_types.models import ArticlePage, PolicyPage, PortalDocument, PortalImage, PortalPage
from page_types.organisation.models import Department
from page_types.publication.models import Chain, Entry, Event
from page_types.review.remarks.models import Remark
from page_types.review.tasks import CentrePublish, DepartmentReview, LeaderReview, OfficeReview
from structure.demo_content import read_content, small
from structure.demo_making import TYPES
from structure.demo_review import Loader
from structure.models import DemoItem
from structure.people import read_people

#: Each test works in a savepoint inside the transaction of `demo`.
pytestmark = pytest.mark.django_db

AS_OF = date(2016, 9, 30)
PLAN = "广东省体育局关于做好2016年政务公开工作的实施方案"


def load(*arguments):
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def loaded():
    return small(read_content())


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """A sample of the demonstration, loaded once for this module and rolled back after it."""
    accounts = tmp_path_factory.mktemp("demo") / "accounts.txt"
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("sync_structure", stdout=StringIO())
        call_command("create_accounts", file=accounts, stdout=StringIO())
        load("--small", "--as-of", AS_OF.isoformat())
        yield
        transaction.set_rollback(True)


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


def test_every_type_of_page_is_public_and_marked_as_a_demonstration(demo):
    public = Entry.objects.exclude(slug="")
    assert set(public.values_list("type", flat=True)) == {
        model._meta.label_lower for model in TYPES.values()
    }
    titles = public.exclude(title=PLAN).values_list("title", flat=True)
    assert all(title.startswith("【演示】") for title in titles)


def test_a_list_of_powers_is_published_anew_and_its_versions_compare(demo, client):
    path = "/zwgk/zfxxgk/xxgkml/qzqd/quanli-qingdan/"
    assert Event.objects.filter(title__contains="权力清单").count() == 3
    text = client.get(f"{path}compare/1/3/").content.decode()
    assert "YS-CF-002" in text and "YS-QT-001" in text
    assert client.get(f"{path}versions/1/").status_code == 200


def test_files_belong_to_the_department_and_bear_their_maker(demo):
    images = PortalImage.objects.all()
    assert images.exists()
    departments = set(Department.objects.values_list("name", flat=True))
    for file in [*images, *PortalDocument.objects.all()]:
        assert file.collection.name in departments
        assert file.title.startswith("【演示】")
    assert set(images.values_list("source", flat=True)) == {"演示图片，本项目绘制"}


def test_blocks_are_such_as_the_editor_accepts(demo):
    pages = [page.specific for page in PortalPage.objects.exclude(title=PLAN)]
    for page in pages:
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))


def test_events_keep_their_true_time_and_play_only_the_shown_date(demo):
    events = Event.objects.filter(authority="sealed")
    # Three of the list of powers; each other public text once.
    assert events.count() == sum(1 + len(item.versions) for item in loaded() if item.is_public)
    for event in events:
        assert event.source == "demo"
        assert event.at.year > 2016
        shown = localtime(event.shown_at).date()
        assert AS_OF - timedelta(days=730) <= shown < AS_OF
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
    assert "没有变化" in load("--small", "--as-of", "2020-01-01")
    assert before == (Event.objects.count(), ArticlePage.objects.count(), TaskState.objects.count())


def test_all_that_stands_in_the_data_is_loaded(demo):
    assert set(DemoItem.objects.values_list("key", flat=True)) == {item.key for item in loaded()}
    assert PortalPage.objects.filter(pk__in=DemoItem.objects.values("page_id")).count() == len(
        loaded()
    )


def test_a_remark_with_wording_and_a_correction_wait_for_their_people(demo):
    chosen = [item for item in read_content() if item.remark or item.correction]
    loader = Loader(read_people(), AS_OF)
    for item in chosen:
        loader.load(item)
    note = Remark.objects.get()
    assert note.suggests and note.state == "open" and note.wording != note.quote
    corrected = Chain.objects.get(name="correction")
    assert Entry.objects.filter(pk=corrected.page_id).exists()
    review = TaskState.objects.get(workflow_state=corrected.review_id)
    assert review.status == TaskState.STATUS_IN_PROGRESS
