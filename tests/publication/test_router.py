"""From an address to a page: columns, articles, paging, former addresses, what does not exist."""

from datetime import timedelta

import pytest
from django.utils import timezone

from page_types.publication.columns import set_path, touch_columns
from page_types.publication.models import Entry


def body(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_home_columns_and_articles_answer(ledger, client):
    page = ledger.article("news", "全民健身", summary="摘要一句")
    assert "广东省体育局" in body(client, "/")
    assert "全民健身" in body(client, "/news/")
    assert "全民健身" in body(client, f"/news/{page.slug}/")
    assert "解读" in body(client, "/policy/explained/")


def test_slug_is_pinyin_for_short_and_dated_for_long_titles(ledger):
    assert ledger.draft("news", "全民健身2016").slug == "quan-min-jian-shen-2016"
    assert ledger.draft("news", "全民健身2016").slug == "quan-min-jian-shen-2016-1"
    day = f"{timezone.localdate():%Y%m%d}"
    assert ledger.draft("news", "关于做好某年度政务公开工作的实施方案").slug == f"{day}-1"
    assert ledger.draft("news", "关于做好另一年度政务公开工作的方案").slug == f"{day}-2"


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("/news", "/news/"),
        ("/policy//explained//", "/policy/explained/"),
        ("/news/page/1/", "/news/"),
        ("/news?q=1", "/news/?q=1"),
        ("/policy/explained", "/policy/explained/"),
    ],
)
def test_one_spelling_of_each_address(ledger, client, asked, sent):
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, sent)


@pytest.mark.parametrize(
    "path",
    ["/nothing/", "/news/nothing/", "/news/page/0/", "/news/page/2/", "/news/page/x/",
     "/news/page/02/", "/news/page/²/", "/news/page/", "/page/2/", "/news/a/b/",
     "/news/page/99999999999999999999/", "/%00/", "/新闻/", "/feeds/nothing.xml"],
)  # fmt: skip
def test_what_does_not_exist_is_a_friendly_404(ledger, client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "html" in answer["Content-Type"]


def test_posting_to_a_public_page_is_refused(ledger, client):
    assert client.post("/news/").status_code == 405


def test_a_changed_slug_redirects_to_the_present_one_without_chains(ledger, client):
    page = ledger.article("news", "第一个名字")
    first = page.slug
    for slug in ("second", "third"):
        ledger.revise(page, slug=slug)
        ledger.publish(page)
    assert client.get(f"/news/{first}/")["Location"] == "/news/third/"
    assert client.get("/news/second/")["Location"] == "/news/third/"
    assert client.get("/news/third/").status_code == 200
    ledger.revise(page, slug=first)
    ledger.publish(page)
    assert client.get("/news/third/")["Location"] == f"/news/{first}/"
    assert client.get(f"/news/{first}/").status_code == 200


def test_a_changed_title_does_not_change_the_address(ledger, client):
    page = ledger.article("news", "第一个名字")
    ledger.revise(page, title="另一个名字")
    ledger.publish(page)
    assert "另一个名字" in body(client, f"/news/{page.slug}/")


def test_a_renamed_column_redirects_with_all_its_pages(ledger, client):
    page = ledger.article("explained", "读懂政策")
    set_path(ledger.columns["policy"], "rules")
    set_path(ledger.columns["explained"], "rules/explained")
    touch_columns()
    assert client.get("/policy/")["Location"] == "/rules/"
    assert client.get(f"/policy/explained/{page.slug}/")["Location"] == (
        f"/rules/explained/{page.slug}/"
    )
    assert client.get(f"/rules/explained/{page.slug}/").status_code == 200


def test_an_address_of_a_draft_does_not_exist(ledger, client):
    page = ledger.draft("news", "未公开的稿件")
    assert client.get(f"/news/{page.slug}/").status_code == 404
    assert "未公开的稿件" not in body(client, "/news/")


def test_lists_are_paged_newest_first(ledger, client):
    now = timezone.now()
    for number in range(23):
        ledger.article("news", f"第{number:02}号", shown_at=now - timedelta(hours=number))
    first, second = body(client, "/news/"), body(client, "/news/page/2/")
    assert first.index("第00号") < first.index("第19号")
    assert "第20号" not in first
    assert "第20号" in second and "第22号" in second
    assert "/news/page/2/" in first
    assert client.get("/news/page/3/").status_code == 404


def test_an_article_also_shown_elsewhere_has_one_address(ledger, client):
    page = ledger.draft("news", "也在通知里")
    page.also_shown_in = [ledger.columns["notice"]]
    page.save_revision(user=ledger.editor)
    ledger.publish(page)
    assert f"/news/{page.slug}/" in body(client, "/notice/")
    assert client.get(f"/notice/{page.slug}/").status_code == 404
    ledger.revise(page, also_shown_in=[])
    ledger.publish(page)
    assert "也在通知里" not in body(client, "/notice/")


def test_router_needs_three_queries_at_most(ledger, client, django_assert_max_num_queries):
    page = ledger.article("news", "查询次数")
    client.get("/news/")
    with django_assert_max_num_queries(3):
        client.get("/nothing/here/")
    with django_assert_max_num_queries(3):
        client.get("/news/never-was/")
    assert Entry.objects.filter(pk=page.pk).exists()
