"""Who may approve: the people of the step, and nobody who had a hand in the text."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from page_types.organisation.models import Post
from page_types.organisation.services import appoint, end_appointment
from page_types.publication.models import Chain, Entry, Event, Measure, Seal
from page_types.review import services
from page_types.review.measures import services as measures
from page_types.review.services import ReviewRefused


def again(user):
    """The user as the next request would read him."""
    return type(user).objects.get(pk=user.pk)


def test_nobody_approves_what_he_wrote(house):
    appoint(house.andy, Post.REVIEWER, house.departments["a"])
    andy = again(house.andy)
    page = house.draft(house.alice, "news", "标题")
    house.edit(page, andy, title="两人合写")
    services.submit(page, house.alice)
    state = house.state_of(page)
    may, why = services.may_approve(state, andy)
    assert not may and "须由他人审核" in why
    with pytest.raises(ReviewRefused, match="须由他人审核"):
        services.approve(state, andy, services.seen_now(state))
    with pytest.raises(ReviewRefused, match="须由他人审核"):
        services.return_draft(state, andy, "退")
    house.pass_on(page, house.rita)


def test_a_hand_in_the_text_counts_at_every_step_and_after_a_purge(house):
    appoint(house.alice, Post.OFFICE)
    alice = again(house.alice)
    page = house.draft(alice, "news", "标题")
    house.edit(page, house.andy, title="安第改过")
    Page.objects.get(pk=page.pk).revisions.exclude(
        pk=Page.objects.get(pk=page.pk).latest_revision_id
    ).delete()
    services.submit(page, house.andy)
    house.pass_on(page, house.rita, house.lin)
    assert not services.may_approve(house.state_of(page), alice)[0]
    house.pass_on(page, house.olga, house.cai)
    # The next edition is other people's work: whoever wrote the last one may approve it.
    services.submit(house.edit(page, house.andy, title="第二版"), house.andy)
    house.pass_on(page, house.rita, house.lin)
    assert services.may_approve(house.state_of(page), alice)[0]


def test_an_edit_while_an_approved_text_waits_is_no_part_of_it(house, monkeypatch):
    """Whoever goes on writing between approval and publication has a hand in the next edition."""
    appoint(house.andy, Post.REVIEWER, house.departments["a"])
    due = timezone.now() + dt.timedelta(hours=2)
    page = house.publish(house.draft(house.alice, "quick", "标题", go_live_at=due), house.alice)
    monkeypatch.setattr(timezone, "now", lambda: due - dt.timedelta(hours=1))
    house.edit(page, again(house.andy), title="第二版", go_live_at=None)
    monkeypatch.setattr(timezone, "now", lambda: due + dt.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert Entry.objects.get(pk=page.pk).title == "标题"
    services.submit(page, house.alice)
    assert not services.may_approve(house.state_of(page), again(house.andy))[0]
    house.pass_on(page, house.rita)
    assert Entry.objects.get(pk=page.pk).title == "第二版"


def test_a_withdrawal_or_an_earlier_text_clears_nobody(house):
    appoint(house.andy, Post.REVIEWER, house.departments["a"])
    page = house.publish(house.draft(house.alice, "quick", "标题"), house.alice)
    page = house.publish(house.edit(page, house.alice, title="第二版"), house.alice)
    house.edit(page, again(house.andy), title="第三版")
    first = Event.objects.filter(subject=f"page/{page.pk}").earliest("number")
    for kind, detail in ((Measure.Kind.EARLIER, {"event": first.pk}), (Measure.Kind.WITHDRAW, {})):
        kind_of = {"reason_kind": "withdrawn"} if kind == Measure.Kind.WITHDRAW else {}
        asked = measures.ask(kind, page, house.rita, reason="有误", **kind_of, **detail)
        measures.approve(asked, house.olga)
    services.submit(page, house.alice)
    assert not services.may_approve(house.state_of(page), again(house.andy))[0]
    house.pass_on(page, house.rita)


def test_whoever_asked_for_the_review_is_barred(house):
    appoint(house.andy, Post.REVIEWER, house.departments["a"])
    andy = again(house.andy)
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, andy)
    assert not services.may_approve(house.state_of(page), andy)[0]


def test_superusers_hold_no_post(house):
    page = house.draft(house.alice, "quick", "标题")
    services.submit(page, house.alice)
    assert not services.may_approve(house.state_of(page), house.admin)[0]
    appoint(house.admin, Post.REVIEWER, house.departments["a"])
    house.pass_on(page, again(house.admin))
    assert Entry.objects.filter(pk=page.pk).exists()


def test_only_authors_submit(house):
    page = house.draft(house.alice, "news", "标题")
    for user in (house.bob, house.rita, house.olga, house.cai):
        with pytest.raises(ReviewRefused, match="不是这份稿件的信息员"):
            services.submit(page, user)
        with pytest.raises(ReviewRefused):
            page.get_workflow().start(page, user)
    with pytest.raises(ReviewRefused):
        page.get_workflow().start(page, None)
    services.submit(page, house.andy)
    with pytest.raises(ReviewRefused, match="已在审核中"):
        services.submit(page, house.alice)
    with pytest.raises(ReviewRefused, match="撤回"):
        services.cancel_review(page, house.rita)


def test_same_text_is_not_submitted_again(house):
    page = house.publish(house.draft(house.alice, "quick", "标题"), house.alice)
    with pytest.raises(ReviewRefused, match="无须送审"):
        services.submit(page, house.alice)


def test_department_of_the_chain_decides_not_that_of_the_page(house):
    """Findings 5 and 8: what changes during a review neither moves it nor publishes it."""
    page = house.draft(house.alice, "notice", "标题")
    services.submit(page, house.alice)
    type(page).objects.filter(pk=page.pk).update(department=house.departments["b"])
    assert not services.may_approve(house.state_of(page), house.beate)[0]
    house.pass_on(page, house.rita, house.lin, house.olga)
    with pytest.raises(ReviewRefused, match="栏目或责任处室有变动"):
        house.pass_on(page, house.cai)
    assert Seal.objects.count() == 3 and not Entry.objects.filter(pk=page.pk).exists()
    # Returned and submitted by the new department, it starts anew with that one's people.
    services.return_draft(house.state_of(page), house.cai, "责任处室已变")
    services.submit(house.edit(page, house.bob, title="改"), house.bob)
    assert Chain.objects.get(page_id=page.pk).department == house.departments["b"]
    house.pass_on(page, house.beate, house.lu, house.olga, house.cai)
    assert Entry.objects.get(pk=page.pk).department == house.departments["b"]


def test_a_post_that_has_ended_gives_no_say(house):
    page = house.draft(house.alice, "quick", "标题")
    services.submit(page, house.alice)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    end_appointment(house.rita.appointments.get(), yesterday)
    assert not services.may_approve(house.state_of(page), again(house.rita))[0]
    deputy = again(house.orla)
    appoint(deputy, Post.REVIEWER, house.departments["a"], starts=yesterday, ends=None)
    house.pass_on(page, again(deputy))


def test_decided_step_is_not_decided_twice(house):
    page = house.draft(house.alice, "news", "标题")
    services.submit(page, house.alice)
    state = house.state_of(page)
    seen = services.seen_now(state)
    services.approve(state, house.rita, seen)
    for again_ in (
        lambda: services.approve(state, house.rolf, seen),
        lambda: services.return_draft(state, house.rolf, "晚了"),
    ):
        with pytest.raises(ReviewRefused, match="已经办结"):
            again_()
