"""From draft to public through four hands."""

import pytest
from django.test import Client

from page_types.publication.models import Address, Chain, Entry, Event, Seal
from page_types.review import services
from page_types.review.services import ReviewRefused


def test_four_steps_make_a_page_public(house):
    page = house.draft(house.alice, "news", "全民健身日活动")
    review = services.submit(page, house.alice)
    chain = Chain.objects.get(review_id=review.pk)
    assert [step["step"] for step in chain.steps] == [
        "department_review", "leader_review", "office_review", "centre_publish",
    ]  # fmt: skip
    assert (chain.department, chain.name) == (house.departments["a"], "report")
    assert Address.objects.filter(column=house.columns["news"], page_id=page.pk).exists()
    house.pass_on(page, house.rita, house.lin, house.olga)
    assert not Entry.objects.filter(pk=page.pk).exists()
    house.pass_on(page, house.cai)
    event = Event.objects.get(subject=f"page/{page.pk}")
    assert [seal[:2] for seal in event.detail["seals"]] == [
        ["department_review", house.rita.pk],
        ["leader_review", house.lin.pk],
        ["office_review", house.olga.pk],
        ["centre_publish", house.cai.pk],
    ]
    assert set(chain.seals.values_list("state", flat=True)) == {Seal.State.SPENT}
    answer = Client().get(f"/news/{page.slug}/")
    assert answer.status_code == 200 and "全民健身日活动的正文" in answer.content.decode()


def test_nobody_passes_another_step(house):
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, house.alice)
    for user in (house.beate, house.lin, house.olga, house.cai, house.bob, house.admin):
        may, why = services.may_approve(house.state_of(page), user)
        assert not may and why
        with pytest.raises(ReviewRefused):
            house.pass_on(page, user)
    house.pass_on(page, house.rita)
