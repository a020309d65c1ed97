"""政务新媒体: composed from a public page, checked for length, recorded after the post by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data

from page_types.compose import cut_to, post_text
from page_types.models import ArticlePage, MicropostPage
from page_types.publication.models import Column, Entry
from page_types.review import services
from tests.houses import SECRECY, declared, small_house
from tests.ledger import with_columns
from tests.once import anew
from tests.page_types.samples import column_for
from tests.page_types.samples_b import SAMPLES
from tests.publication.test_queries import queries

ledger = anew(with_columns)  # some tests here need the other bureau in its place


@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("一句。二句。", 6, "一句。二句。"),
        ("一句。二句。三", 6, "一句。二句。"),
        ("一句。二句。三", 5, "一句。"),
        ("他说：“好！”然后走了。", 9, "他说：“好！”"),
        ("没有句号的一长串", 5, "没有句号…"),
        ("一句。二句。", None, "一句。二句。"),
    ],
)
def test_a_text_is_cut_at_the_end_of_a_sentence(text, longest, cut):
    assert cut_to(text, longest) == cut
    assert longest is None or len(cut) <= longest


@pytest.mark.parametrize("title", ["短题", "很长的标题" * 30])
def test_title_summary_and_link_fit_the_platform(title):
    entry = Entry(title=title, summary="第一句话说得不短不长正好。" * 20)
    url = "https://tyj.example.org/news/yi-pian/"
    text = post_text(entry, url, 140)
    assert len(f"{text} {url}") <= 140
    assert text.startswith(f"【{title[:5]}") and text[-1] in "。】"


@pytest.fixture
def house(db):
    """Two of the house's columns take posts: one that the office shares, one of department A."""
    house = small_house()
    Column.objects.filter(key="quick").update(kind="new_media")
    return house


def composed(house, page, **more):
    """What the screen answers to Alice, and the draft it made."""
    post = {"platform": "weibo", "column": house.columns["quick"].pk, **more}
    answer = house.client(house.alice).post(f"/admin/compose/micropost/{page.pk}/", post)
    return answer, MicropostPage.objects.order_by("-pk").first()


def form_of(page, **fields):
    """What the editor posts for a micropost."""
    return nested_form_data(
        {
            "title": page.title, "slug": page.slug, "search_description": "",
            "platform": page.platform, "text": page.text, "article": page.article_id or "",
            "post_url": "", "posted_at": "", **declared(), **fields,
        }
    )  # fmt: skip


def test_a_public_page_becomes_a_draft_with_its_link(house):
    page = house.draft(house.bob, "notice", "乙处的公告", summary="摘要一句。")
    house.publish(page, house.bob)
    # Another department's page is not in Alice's lists: she begins at the column of posts.
    alice, choose = house.client(house.alice), "/admin/compose/micropost/"
    assert choose in alice.get(f"/admin/pages/{house.pages['quick'].pk}/").content.decode()
    assert alice.get(choose).status_code == 200
    assert alice.post(choose, {"page": page.pk})["Location"] == f"{choose}{page.pk}/"
    refused = alice.post(choose, {"page": house.draft(house.bob, "policy", "乙处的稿").pk})
    assert "请选择已公开的页面" in refused.content.decode()
    assert "乙处的稿" not in refused.content.decode()
    own = house.draft(house.alice, "news", "自己的")
    house.publish(own, house.alice)
    listing = alice.get(f"/admin/pages/{house.pages['news'].pk}/").content.decode()
    assert f"{choose}{own.pk}/" in listing
    assert "乙处的公告" in (
        house.client(house.alice).get(f"/admin/compose/micropost/{page.pk}/").content.decode()
    )
    answer, post = composed(house, page)
    assert answer.status_code == 302 and answer["Location"].endswith(f"/{post.pk}/edit/")
    assert post.text == "【乙处的公告】摘要一句。" and post.article_id == page.pk
    assert post.department == house.departments["a"] and not post.live
    assert post.whole_text().endswith(f" http://localhost:8000/notice/{page.slug}/")
    services.submit(post, house.alice, secrecy=SECRECY)


def test_only_public_pages_by_those_who_may_write_there(house):
    draft = house.draft(house.bob, "policy", "乙处的草稿")
    url = f"/admin/compose/micropost/{draft.pk}/"
    for client in (house.client(house.alice), house.client(house.bob)):
        for answer in (client.get(url), client.post(url, {"platform": "weibo"})):
            assert answer.status_code in (302, 404) and "乙处的草稿" not in answer.content.decode()
    house.publish(draft, house.bob)
    # Bob's department writes in no new-media column; Alice may not name a foreign one.
    assert house.client(house.bob).get(url).status_code == 302
    answer, post = composed(house, draft, column=house.columns["policy"].pk)
    assert answer.status_code == 200 and post is None


def test_too_long_a_post_can_be_saved_but_not_submitted(house):
    page = MicropostPage(
        title="长", text="字" * 141, department=house.departments["a"], owner=house.alice,
        live=False,
    )  # fmt: skip
    house.pages["quick"].add_child(instance=page)
    page.save_revision(user=house.alice)
    client, url = house.client(house.alice), f"/admin/pages/{page.pk}/edit/"
    client.post(url, form_of(page, text="字" * 150))
    assert MicropostPage.objects.get(pk=page.pk).text == "字" * 150
    wrong = form_of(page, text="字" * 150, post_url="https://weibo.com/1")
    answer = client.post(url, {**wrong, "action-submit": "1"})
    html = answer.content.decode()
    assert "连同链接共 150 字，超过该平台的 140 字，请再删去 10 字。" in html
    assert "发布后的网址和发布时间须一并填写" in html
    with pytest.raises(services.ReviewRefused, match="请再删去 10 字"):
        services.submit(page, house.alice)
    answer = client.post(url, {**form_of(page, text="字" * 140), "action-submit": "1"})
    assert answer.status_code == 302 and house.state_of(page)


def test_what_was_approved_can_be_copied_and_the_post_recorded(house):
    page = house.draft(house.alice, "news", "原文", summary="摘要。")
    house.publish(page, house.alice)
    _answer, post = composed(house, page)
    client, url = house.client(house.alice), f"/admin/pages/{post.pk}/edit/"
    assert "data-copy-post" not in client.get(url).content.decode()
    house.publish(post, house.alice)
    post = house.edit(post, house.alice, text="还没有批准的改动")
    html = client.get(url).content.decode()
    approved = html.partition('id="approved-post"')[2].partition("</textarea>")[0]
    assert f"【原文】摘要。 http://localhost:8000/news/{page.slug}/" in approved
    assert 'data-link="http://localhost:8000/news/' in html and 'data-post-lengths="' in html
    # Recorded, and through the chain like every text.
    at = timezone.now().replace(microsecond=0) - timedelta(days=3)
    post = house.edit(
        post, house.alice, text="【原文】摘要。", post_url="https://weibo.com/1/a", posted_at=at
    )
    house.publish(post, house.alice)
    entry = Entry.objects.get(pk=post.pk)
    assert entry.shown_at == at and entry.line["post_url"] == "https://weibo.com/1/a"


def test_the_day_of_the_post_is_the_column_s_last_update(ledger, client):
    at = timezone.now() - timedelta(days=40)
    SAMPLES["micropost"](ledger, posted_at=at)
    day = f"{timezone.localtime(at):%Y-%m-%d}"
    html = client.get("/of-new-media/").content.decode()
    facts = html[html.index('id="column-facts"') :]
    assert day in facts[: facts.index("更新周期")]


def test_the_list_leads_to_post_and_article_at_a_steady_cost(ledger, client):
    column_for(ledger, "weibo", "政务微博", "new_media")

    def post(number):
        article = ledger.article("news", f"原文{number}", model=ArticlePage)
        ledger.article(
            "weibo", f"微博{number}", model=MicropostPage, text="话。", article=article.page_ptr,
            post_url=f"https://weibo.com/{number}", posted_at=timezone.now(),
        )  # fmt: skip

    post(1)
    few = len(queries(client, "/weibo/"))
    for number in range(2, 8):
        post(number)
    assert len(queries(client, "/weibo/")) <= few
    html = client.get("/weibo/").content.decode()
    assert '<a href="https://weibo.com/7" rel="external noopener">' in html
    assert "原文：原文3" in html
