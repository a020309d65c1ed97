"""The review screen by HTTP: read, approve, return, and what it says when it refuses."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from page_types.models import PortalDocument
from page_types.publication.models import Entry, Seal
from page_types.review import services


@pytest.fixture
def page(house):
    """Alice's text of department A, submitted."""
    page = house.draft(house.alice, "news", "全民健身日活动")
    services.submit(page, house.alice)
    return page


def screen_of(house, page):
    return reverse("review:screen", args=[house.state_of(page).pk])


def seen_on(answer):
    """The digest that the screen carries."""
    return re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]


def said(answer):
    """The messages shown on the page that an answer led to."""
    return " ".join(str(message) for message in answer.context["messages"])


def approve(house, page, user, **post):
    client, url = house.client(user), screen_of(house, page)
    post.setdefault("seen", seen_on(client.get(url)))
    return client.post(url, {"action": "approve", **post}, follow=True)


def test_four_people_publish_by_the_screen(house, page):
    for user in (house.rita, house.lin, house.olga):
        assert "已批准，转入" in said(approve(house, page, user, comment="同意"))
    assert "已批准并发布" in said(approve(house, page, house.cai))
    assert Entry.objects.get(pk=page.pk).title == "全民健身日活动"


def test_screen_shows_what_is_sealed(house, page):
    document = PortalDocument.objects.create(title="名单", file=ContentFile(b"1", name="list.txt"))
    services.cancel_review(page, house.alice)
    body = [
        ("paragraph", "<p>正文</p>"),
        ("attachments", [{"document": document, "title": "名单附件"}]),
    ]
    house.edit(page, house.alice, body=body)
    services.submit(page, house.alice)
    client, url = house.client(house.rita), screen_of(house, page)
    shown = client.get(url).content.decode()
    for words in ("体育要闻", "群众体育处", "处室审核", "等待：", "李塔", "名单"):
        assert words in shown
    preview = client.get(url + "preview/")
    assert preview.status_code == 200 and "正文" in preview.content.decode()
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    file = client.get(f"{url}files/{document.pk}/")
    assert b"".join(file.streaming_content) == b"1"
    assert client.get(f"{url}files/{document.pk + 1}/").status_code == 404


def test_stale_seen_approves_nothing(house, page):
    document = PortalDocument.objects.create(
        title="名单", file=ContentFile(b"one", name="list.txt")
    )
    services.cancel_review(page, house.alice)
    house.edit(
        page,
        house.alice,
        body=[("attachments", [{"document": document, "title": "附件"}])],
    )
    services.submit(page, house.alice)
    old = seen_on(house.client(house.rita).get(screen_of(house, page)))
    document.file = ContentFile(b"two", name="list.txt")
    document.file_hash = ""
    document.save()
    PortalDocument.objects.filter(pk=document.pk).update(file_hash="")
    assert "稿件已变动，请重新阅读" in said(approve(house, page, house.rita, seen=old))
    assert "没有收到您所阅读的版本" in said(approve(house, page, house.rita, seen=""))
    assert not Seal.objects.exists()
    assert "已批准" in said(approve(house, page, house.rita))


def test_return_needs_a_reason_and_voids_what_was_sealed(house, page):
    approve(house, page, house.rita)
    client, url = house.client(house.lin), screen_of(house, page)
    answer = client.post(url, {"action": "return", "comment": " "})
    assert answer.status_code == 200 and "退回必须写明原因" in said(answer)
    client.post(url, {"action": "return", "comment": "日期有误"})
    assert set(Seal.objects.values_list("state", flat=True)) == {Seal.State.VOID}
    home = house.client(house.alice).get(reverse("wagtailadmin_home")).content.decode()
    assert "已退回" in home and "日期有误" in home


def test_resubmission_begins_at_the_first_step(house, page):
    """Finding 7: core resumes at the step that returned."""
    house.pass_on(page, house.rita, house.lin)
    services.return_draft(house.state_of(page), house.olga, "请改标题")
    services.submit(house.edit(page, house.alice, title="新标题"), house.alice)
    assert house.state_of(page).task.specific.step == "department_review"
    house.pass_on(page, house.rita, house.lin, house.olga, house.cai)
    assert Entry.objects.get(pk=page.pk).title == "新标题"


def test_resubmission_without_a_change_passes_everybody_again(house, page):
    """Core takes approvals of the same revision for done; their seals are void."""
    house.pass_on(page, house.rita, house.lin)
    services.return_draft(house.state_of(page), house.olga, "请再核对")
    services.submit(page, house.alice)
    house.pass_on(page, house.rita, house.lin, house.olga, house.cai)
    assert Entry.objects.filter(pk=page.pk).exists()


def test_public_page_shows_the_differences(house, page):
    house.pass_on(page, house.rita, house.lin, house.olga, house.cai)
    changed = {"title": "健身日改期", "body": [("paragraph", "<p>改到十一月</p>")]}
    services.submit(house.edit(page, house.alice, **changed), house.alice)
    shown = house.client(house.rita).get(screen_of(house, page)).content.decode()
    assert "与公开文本的差异" in shown
    for words in ("健身日改期", "全民健身日活动的正文", "改到十一月", "标题", "正文"):
        assert words in shown
    # Both versions stand side by side; what changed is marked for ears, too.
    for side, words in (("public", "全民健身日活动的正文"), ("preview", "改到十一月")):
        url = f"{screen_of(house, page)}{side}/"
        assert f'src="{url}?bare=1"' in shown
        framed = house.client(house.rita).get(url, {"bare": "1"})
        assert framed["X-Frame-Options"] == "SAMEORIGIN" and words in framed.content.decode()
    assert "［删去］" in shown and "［增加］" in shown
    assert house.client(house.bob).get(f"{screen_of(house, page)}public/").status_code == 302


def test_links_and_files_that_change_are_told_beside_the_words(house):
    document = PortalDocument.objects.create(
        title="名单", file=ContentFile("一、名单".encode(), name="list.txt")
    )
    link = '<p>见<a href="https://a.example.org/">网页</a>。</p>'
    page = house.publish(
        house.draft(house.alice, "quick", "一页", body=[("paragraph", link)]), house.alice
    )
    body = [
        ("paragraph", link.replace("a.example", "b.example")),
        ("attachments", [{"document": document, "title": "附件"}]),
    ]
    services.submit(house.edit(page, house.alice, body=body), house.alice)
    shown = house.client(house.rita).get(screen_of(house, page)).content.decode()
    for words in ("https://a.example.org/</del>", "https://b.example.org/</ins>", "名单（文档"):
        assert words in shown


def test_who_may_not_act_is_told_why(house, page):
    client, url = house.client(house.olga), screen_of(house, page)
    assert "这一步不由您审核" in client.get(url).content.decode()
    assert "这一步不由您审核" in said(
        client.post(url, {"action": "return", "comment": "不行"}, follow=True)
    )
    foreign = house.client(house.beate).get(url)
    assert foreign.status_code == 302
    assert house.client(house.bob).get(url + "preview/").status_code == 302


def test_author_takes_it_back(house, page):
    house.pass_on(page, house.rita)
    client, url = house.client(house.alice), screen_of(house, page)
    client.post(url, {"action": "cancel"})
    page.refresh_from_db()
    assert page.current_workflow_state is None
    assert Seal.objects.get().state == Seal.State.VOID
    assert client.post(url, {"action": "cancel"}).status_code == 302


def test_what_i_have_approved(house, page):
    house.pass_on(page, house.rita)
    shown = house.client(house.rita).get(reverse("review:approved")).content.decode()
    assert "全民健身日活动" in shown and "有效" in shown
    others = house.client(house.rolf).get(reverse("review:approved")).content.decode()
    assert "全民健身日活动" not in others


def test_home_says_what_to_do(house, page):
    def home(user):
        return house.client(user).get(reverse("wagtailadmin_home")).content.decode()

    assert "待我审核" in home(house.rita) and "全民健身日活动" in home(house.rita)
    assert "全民健身日活动" not in home(house.beate)
    assert "审核中的稿件" in home(house.olga) and "全民健身日活动" in home(house.olga)
    assert "我的稿件" in home(house.alice) and "审核中" in home(house.alice)
    assert "全民健身日活动" not in home(house.bob)
    queue = house.client(house.rita).get(reverse("review:queue")).content.decode()
    assert "全民健身日活动" in queue


def test_queue_costs_the_same_whatever_its_length(house, page):
    def count(user):
        with CaptureQueriesContext(connection) as captured:
            shown = house.client(user).get(reverse("review:queue"))
        assert shown.status_code == 200
        return len(captured)

    count(house.olga)  # warm caches of content types
    one = [count(user) for user in (house.rita, house.olga)]
    for number in range(4):
        services.submit(house.draft(house.alice, "news", f"第{number}篇"), house.alice)
    assert [count(user) for user in (house.rita, house.olga)] == one
