"""上报稿件, through the desk: assigned, written, decided on, sent, recorded."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from extensions.base.models import RecordDecision
from extensions.manuscripts.models import Manuscript
from page_types.organisation.models import Post
from page_types.publication.models import RecordChain
from tests.houses import _person, small_house
from tests.once import once

pytestmark = pytest.mark.django_db


def build():
    made = small_house()
    made.paul = _person(made, "paul", "保", "局", [(Post.PRINCIPAL, None)])
    RecordChain.objects.create(
        name="manuscript", title="上报稿件", steps=["leader_review", "principal_review"]
    )
    return made


house_of_the_module = once(build)


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


def assigned(house, **changes):
    """A subject that the office gives to department A, helped by B."""
    data = {
        "title": "全民健身情况",
        "brief": "一千字以内",
        "department": house.departments["a"].pk,
        "assisting": [house.departments["b"].pk],
        "due": (timezone.localdate() + timedelta(days=3)).isoformat(),
        **changes,
    }
    answer = house.client(house.olga).post(reverse("manuscripts:add"), data)
    return Manuscript.objects.first(), answer


def act(house, user, manuscript, action, **data):
    """What the person sees after an action on the manuscript's page."""
    url = reverse("manuscripts:detail", args=[manuscript.pk])
    answer = house.client(user).post(url, {"action": action, **data}, follow=True)
    manuscript.refresh_from_db()
    return answer.content.decode()


def write(house, user, manuscript, body="正文", version=None):
    version = manuscript.version if version is None else version
    return act(house, user, manuscript, "write", title="全民健身情况", body=body, version=version)


def approve(house, user, manuscript):
    url = reverse("manuscripts:detail", args=[manuscript.pk])
    shown = house.client(user).get(url).context["may"].get("approve")
    seen = shown["seen"].value() if shown else "0" * 64
    return act(house, user, manuscript, "approve", seen=seen)


def test_the_whole_way_from_the_office_to_the_record_of_its_outcome(house):
    manuscript, _ = assigned(house)
    write(house, house.alice, manuscript, "甲处的稿子")
    act(house, house.alice, manuscript, "submit")
    assert manuscript.state == "in_review"
    # Each department's leader, then the principal leader: nobody before his turn.
    assert "不由您审核" in approve(house, house.paul, manuscript)
    approve(house, house.lin, manuscript)
    approve(house, house.lu, manuscript)
    assert manuscript.state == "in_review"
    approve(house, house.paul, manuscript)
    assert manuscript.state == "approved"
    assert list(RecordDecision.objects.values_list("by__username", "what")) == [
        ("lin", "approved"), ("lu", "approved"), ("paul", "approved"),
    ]  # fmt: skip
    today = timezone.localdate().isoformat()
    refused = act(house, house.alice, manuscript, "send", recipient="省政府办公厅", sent_on=today)
    assert "只有办公室" in refused and manuscript.state == "approved"
    act(house, house.olga, manuscript, "send", recipient="省政府办公厅", sent_on=today)
    assert (manuscript.state, manuscript.sent_by) == ("sent", house.olga)
    shown = act(house, house.olga, manuscript, "outcome", outcome="被《每日要情》采用")
    assert "被《每日要情》采用" in shown


def test_a_return_says_why_and_needs_every_approval_anew(house):
    manuscript, _ = assigned(house, assisting=[])
    write(house, house.alice, manuscript)
    act(house, house.alice, manuscript, "submit")
    assert "必填" in act(house, house.lin, manuscript, "return", reason="")
    approve(house, house.lin, manuscript)
    act(house, house.paul, manuscript, "return", reason="数字请核对")
    assert manuscript.state == "assigned"
    url = reverse("manuscripts:detail", args=[manuscript.pk])
    assert "数字请核对" in house.client(house.alice).get(url).content.decode()
    act(house, house.alice, manuscript, "submit")
    assert "不由您审核" in approve(house, house.paul, manuscript)


def test_nobody_decides_on_what_he_wrote_nor_on_what_he_did_not_see(house):
    from page_types.organisation.services import appoint

    appoint(house.alice, Post.LEADER, house.departments["a"])
    manuscript, _ = assigned(house, assisting=[])
    write(house, house.alice, manuscript)
    act(house, house.alice, manuscript, "submit")
    assert "须由他人审核" in approve(house, house.alice, manuscript)
    assert "已变动" in act(house, house.lin, manuscript, "approve", seen="0" * 64)
    assert not RecordDecision.objects.exists()


def test_two_who_write_at_once_lose_nothing(house):
    manuscript, _ = assigned(house)
    write(house, house.alice, manuscript, "先存的稿子", version=0)
    shown = write(house, house.bob, manuscript, "后存的稿子", version=0)
    assert "他人已保存过" in shown and "先存的稿子" in shown and "后存的稿子" in shown
    assert manuscript.body == "先存的稿子"
    write(house, house.bob, manuscript, "合并的稿子", version=1)
    assert manuscript.body == "合并的稿子"


def test_others_neither_see_nor_write_and_bad_input_is_told(house):
    manuscript, _ = assigned(house, assisting=[])
    url = reverse("manuscripts:detail", args=[manuscript.pk])
    assert house.client(house.bob).get(url).status_code == 404
    assert house.client(house.cai).get(reverse("manuscripts:add")).status_code == 302
    _, answer = assigned(house, due="2016-01-01")
    assert "应交稿日期已过" in answer.content.decode()
    assert Manuscript.objects.count() == 1
    assert "正文是空的" in act(house, house.alice, manuscript, "submit")
    act(house, house.olga, manuscript, "drop", reason="任务取消")
    assert manuscript.state == "dropped"
    assert "不在起草中" in write(house, house.alice, manuscript)
