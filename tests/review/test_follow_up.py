"""Post-publish check, through the user's door and the clock's command."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageLogEntry

from page_types.models import PortalDocument, PortalImage
from page_types.organisation import calendar
from page_types.publication.models import Counter, Event, ShownFile
from page_types.review import probes
from page_types.review.follow_up import follower, looking, reminders
from page_types.review.follow_up.models import PostPublishCheck
from page_types.review.follow_up.visit import MainPart, visit
from page_types.review.measures import services as measures
from page_types.review.notices.models import Notice
from tests.review.homes import home, words

pytestmark = pytest.mark.django_db


def published(house, title="要核对的一页", **fields):
    page = house.publish(house.draft(house.alice, "quick", title, **fields), house.alice)
    follower.follow()
    return page, PostPublishCheck.objects.get(event=Event.objects.latest("number"))


def answer(house, user, check, action, remark=""):
    url = reverse("review:live_page", args=[check.pk])
    said = house.client(user).post(url, {"action": action, "remark": remark}, follow=True)
    check.refresh_from_db()
    return said.content.decode()


def go(house, user, check):
    return house.client(user).get(reverse("review:open_live_page", args=[check.pk]))


def test_the_publisher_opens_the_page_and_confirms(house):
    page, check = published(house)
    publisher = check.publisher
    assert publisher in (house.rita, house.rolf) and check.department == house.departments["a"]
    assert check.due == calendar.add_working_days(timezone.localdate(), 1).day
    assert "要核对的一页" in home(house, publisher) and "等发布人核对" in home(house, house.olga)
    assert "要核对的一页" not in home(house, house.beate)
    call_command("run_scheduler", verbosity=0)
    check.refresh_from_db()
    assert check.looked_at and not check.problems
    assert [line["probe"] for line in check.findings][:3] == ["台账", "公开网址", "标题"]
    assert "请先点" in answer(house, publisher, check, "fine") and check.waiting
    assert "请发布人" in answer(house, house.olga, check, "fine") and check.waiting
    assert go(house, house.olga, check).status_code == 302
    assert "请先点" in answer(house, publisher, check, "fine"), (
        "somebody else's look does not count"
    )
    assert go(house, publisher, check).url == f"/quick/{page.slug}/"
    assert "已确认无误" in answer(house, publisher, check, "fine")
    assert (check.outcome, check.decided_by) == ("fine", publisher)
    assert PageLogEntry.objects.filter(page_id=page.pk, action=looking.CONFIRMED).count() == 1
    assert "要核对的一页" not in home(house, publisher)
    assert "确认无误" in words(house, house.alice, "review:live_pages")
    assert (
        house.client(house.bob).get(reverse("review:live_page", args=[check.pk])).status_code == 404
    )


def test_a_problem_is_told_and_a_corrected_text_settles_it(house):
    page, check = published(house)
    go(house, check.publisher, check)
    assert "请写明" in answer(house, check.publisher, check, "problem", " ") and check.waiting
    answer(house, check.publisher, check, "problem", "日期写错了")
    told = set(Notice.objects.filter(kind="live_page").values_list("user__username", flat=True))
    assert told == {"alice", "andy", "rita", "rolf", "olga", "otto"} - {check.publisher.username}
    assert "请更正：日期写错了" in home(house, house.alice)
    house.edit(page, house.alice, title="改正的一页")
    house.publish(page, house.alice)
    follower.follow()
    check.refresh_from_db()
    assert check.settled_by == Event.objects.latest("number")
    assert "请更正" not in home(house, house.alice)
    assert PostPublishCheck.objects.filter(page_id=page.pk, settled_by=None).count() == 1


def test_overdue_ones_are_marked_reminded_and_the_office_may_stand_in(house):
    _page, check = published(house)
    PostPublishCheck.objects.update(due=timezone.localdate() - timedelta(days=1))
    assert "逾期没有确认" in home(house, house.olga)
    assert "逾期" in words(house, house.olga, "review:live_pages")
    today = calendar.add_working_days(timezone.localdate(), 1).day
    assert reminders.remind(today)
    told = set(Notice.objects.filter(kind="follow_up").values_list("user__username", flat=True))
    assert told == {check.publisher.username, "olga", "otto"}
    go(house, house.olga, check)
    answer(house, house.olga, check, "fine")
    assert (check.outcome, check.decided_by) == ("fine", house.olga)


def test_the_follower_goes_on_where_it_was_and_leaves_out_plan_and_demonstration(house):
    assert follower.follow() == "" and not PostPublishCheck.objects.exists(), (
        "columns are the plan's"
    )
    page, _check = published(house)
    house.edit(page, house.alice, title="第二次")
    house.publish(page, house.alice)
    house.edit(page, house.alice, title="第三次")
    house.publish(page, house.alice)
    assert PostPublishCheck.objects.count() == 1, "two events wait, as after a crash"
    follower.follow()
    follower.follow()
    found = list(PostPublishCheck.objects.order_by("pk"))
    assert [each.waiting for each in found] == [False, False, True]
    last = Event.objects.latest("number")
    assert follower._asks_people(last)
    assert Counter.objects.get(pk=follower.FOLLOWED).value == last.number
    last.source = "demo"
    assert not follower._asks_people(last)


# -- the automatic look ---------------------------------------------------------------------------


def test_probes_see_dead_links_missing_files_and_lost_words(house):
    image = PortalImage.objects.create(title="图", file=get_test_image_file(), consent="nobody")
    stored = PortalDocument.objects.create(
        title="附件", file=ContentFile("甲,乙".encode(), name="fu-jian.csv")
    )
    other, _check = published(house, "另一页")
    figure = {"image": image, "alternative_text": "起跑", "caption": "说明"}
    link = f'<a linktype="page" id="{other.pk}">另一页的链接</a>'
    body = [
        ("heading", "小标题"),
        ("paragraph", f"<p>A&amp;B 的<b>正文</b>，{link}，<a href='/quick/'>栏目</a></p>"),
        ("figure", figure),
        ("attachments", [{"document": stored, "title": "附件"}]),
    ]
    page, check = published(house, body=body)
    assert [finding.found for finding in probes.look(check.event) if finding.found] == []
    # What may happen afterwards: the other page comes down, a file is lost, the text is altered.
    measures.ask("emergency", other, house.olga, reason="误发", reason_kind="withdrawn")
    ShownFile.objects.filter(entry_id=page.pk, kind="document").update(name="documents/gone.csv")
    told = "".join(looking.look(check).problems)
    assert "这些链接所指的页面没有公开：另一页的链接" in told
    assert f"打不开：/documents/{stored.pk}/" in told
    assert Notice.objects.filter(kind="live_page", user=check.publisher).count() == 1
    assert "另一页的链接" in words(house, check.publisher, "review:live_page", check.pk)
    looking.look(check)
    assert Notice.objects.filter(kind="live_page", user=check.publisher).count() == 1, "told once"
    event = Event.objects.select_related("text").get(pk=check.pk)
    event.text.content = event.text.content.replace("的<b>正文", "的<b>别的正文")
    event.title = "另一个标题"
    found = {str(finding.label): finding.found for finding in probes.look(event)}
    assert "缺少正文中的文字：A&B 的别的正文" in found["正文"] and "没有标题" in found["标题"]


def test_a_probe_that_breaks_says_so_and_stops_no_other(house, monkeypatch):
    _page, check = published(house)
    monkeypatch.setattr(probes, "_probes", list(probes._probes))

    @probes.register(label="坏的", visits=True)
    def broken(event):
        raise OSError

    assert [finding.label for finding in probes.look(check.event) if finding.found] == ["坏的"]


def test_a_visit_goes_through_the_whole_site(house):
    assert visit("/").status == 200 and "<main" in visit("/").html
    assert visit("/none/").status == 404
    part = MainPart("<main><a>甲</a><a href='/x'>乙</a><img src='/y'><br>丙 丁</main><a href='/z'>")
    assert (part.dead, part.links, part.sources, part.text) == (["甲"], ["/x"], ["/y"], "甲乙丙丁")
