"""The demonstration goes through every door as real content does."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from page_types.publication.addresses import public_path
from page_types.publication.demo import demonstration, played_date
from page_types.publication.models import Entry, Event, Seal
from page_types.publication.verify import verify
from structure.demo_content import DemoError, read_content
from structure.models import DemoItem
from structure.people import read_people
from tests.structure.small_plan import everything

AS_OF = date(2016, 7, 1)
ITEMS = {item.key: item for item in read_content()}
PUBLIC = [item for item in ITEMS.values() if item.is_public]
STEPS = ["department_review", "leader_review", "office_review", "centre_publish"]


def load(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def page_of(key):
    return Page.objects.get(pk=DemoItem.objects.get(key=key).page_id).specific


class TestDemo(TestCase):
    """One loading for all."""

    @classmethod
    def setUpTestData(cls):
        call_command("sync_structure", stdout=StringIO())
        accounts = cls.enterClassContext(_folder()) / "accounts.txt"
        call_command("create_accounts", file=accounts, stdout=StringIO())
        cls.said = load(as_of=AS_OF)

    def test_it_says_in_one_line_what_it_loaded(self):
        assert self.said == f"载入演示内容 {len(ITEMS)} 条 / {len(ITEMS)} texts loaded\n"

    def test_the_document_stands_in_the_catalogue_word_for_word(self):
        path = public_path(DemoItem.objects.get(key="plan").page_id)
        assert path.startswith("/zwgk/zfxxgk/xxgkml/bmwj/")
        response = self.client.get(path)
        assert response.status_code == 200
        text = response.content.decode()
        assert "广东省体育局关于做好2016年政务公开工作的实施方案" in text
        assert "信息中心每月将各处室、各单位门户网站发布信息数量在全局范围内通报" in text
        assert Entry.objects.get(pk=page_of("plan").pk).facts["index_number"]

    def test_document_and_interpretation_point_at_each_other(self):
        plan, explained = page_of("plan"), page_of("interpretation")
        here, there = public_path(plan.pk), public_path(explained.pk)
        page = self.client.get(there)
        assert f'href="{here}"' in page.content.decode()
        assert [each.page_id for each in explained.interprets.all()] == [plan.pk]
        back = self.client.get(here)
        assert there in back.content.decode()

    def test_every_published_text_is_public_in_its_column(self):
        for item in PUBLIC:
            page = page_of(item.key)
            path = public_path(page.pk)
            response = self.client.get(path)
            assert response.status_code == 200, item.key
            assert response.context["column"].key == item.column
            assert response.context["entry"].department.code == item.department
            assert "data-demo" not in response.content.decode()
        assert Entry.objects.exclude(slug="").count() == len(PUBLIC)

    def test_only_the_shown_date_is_played(self):
        today = timezone.localdate()
        for item in PUBLIC:
            event = Event.objects.get(subject=f"page/{page_of(item.key).pk}")
            shown = timezone.localtime(event.shown_at)
            assert shown.date() == AS_OF - timedelta(days=item.age_days)
            assert f"{shown:%H:%M}" == item.time
            assert (event.source, event.authority) == ("demo", "sealed")
            assert abs((timezone.localdate(event.at) - today).days) <= 1
        assert not Event.objects.filter(authority="plan", source="demo").exists()
        assert played_date() is None

    def test_every_step_was_approved_by_the_person_in_charge(self):
        people = {person.username: person for person in read_people()}
        for item in PUBLIC:
            seals = Seal.objects.filter(chain__page_id=page_of(item.key).pk).order_by("pk")
            steps = ["department_review"] if item.column == "tzgg" else STEPS
            assert [seal.step for seal in seals] == steps
            assert {seal.state for seal in seals} == {"spent"}
            assert people[seals[0].by.username].holds("reviewer", item.department)
            assert page_of(item.key).owner_id not in {seal.by_id for seal in seals}

    def test_a_draft_waits_at_each_step(self):
        waiting = {}
        for item in ITEMS.values():
            if item.at:
                state = TaskState.objects.get(
                    status="in_progress", workflow_state__object_id=str(page_of(item.key).pk)
                )
                waiting[state.task.specific.step] = item.at
        assert waiting == {step: step for step in STEPS}
        assert not Entry.objects.filter(
            pk__in=[page_of(item.key).pk for item in ITEMS.values() if not item.is_public]
        ).exists()

    def test_one_was_returned_with_its_reason(self):
        (item,) = [item for item in ITEMS.values() if item.returned_by]
        review = WorkflowState.objects.get(object_id=str(page_of(item.key).pk))
        assert review.status == WorkflowState.STATUS_NEEDS_CHANGES
        assert review.current_task_state.comment == item.reason
        assert review.current_task_state.finished_by.username == "qingshao-shenhe"

    def test_all_but_the_document_call_themselves_a_demonstration(self):
        for item in ITEMS.values():
            assert item.key == "plan" or item.fields["title"].startswith("【演示】")

    def test_a_second_run_changes_nothing(self):
        before = everything()
        assert "没有变化" in load()
        assert everything() == before

    def test_a_deleted_draft_does_not_come_back(self):
        page_of("yanshi-tuihui-xiaoyuan").delete()
        assert "没有变化" in load()

    def test_ledger_and_pages_agree(self):
        assert list(verify()) == []


def _folder():
    from tempfile import TemporaryDirectory

    class Folder(TemporaryDirectory):
        def __enter__(self):
            from pathlib import Path

            return Path(super().__enter__())

    return Folder()


@pytest.mark.django_db
def test_without_columns_or_accounts_it_says_what_to_run_first(planned):
    with pytest.raises(CommandError, match="create_accounts"):
        load()
    assert not DemoItem.objects.exists()


def test_what_was_loaded_before_a_failure_is_not_loaded_again(planned, monkeypatch):
    from structure import demo_review
    from tests.structure.small_plan import PLAN  # noqa: F401

    loaded = []

    def load_some(loader, item):
        if len(loaded) == 3:
            raise DemoError("故障 / failure")
        loaded.append(item.key)
        return True

    monkeypatch.setattr(demo_review.Loader, "load", load_some)
    with pytest.raises(CommandError, match="已载入 3 条"):
        load()


def test_the_date_is_played_only_inside_the_demonstration():
    with demonstration("then"):
        assert played_date() == "then"
    assert played_date() is None


def test_a_link_to_what_is_not_loaded_is_told(planned):
    from page_types.organisation.models import Post
    from structure.demo_content import Item, make_draft

    item = Item(
        key="x", type="article", column="sport", department="mass", keywords=[],
        fields={"title": "甲"}, body=[{"paragraph": '<p><a data-demo="y">乙</a></p>'}],
    )  # fmt: skip
    with pytest.raises(DemoError, match="y"):
        make_draft(item, planned.person(Post.OFFICER, "mass"), {})
