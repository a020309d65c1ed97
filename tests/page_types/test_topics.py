"""专题: composed of blocks that read the ledger only, and honest about what is over."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.utils import timezone

from page_types.models import ArticlePage, TopicPage
from tests.page_types.samples import column_for
from tests.publication.test_queries import queries


def topic(ledger, title="专题", **fields):
    column_for(ledger, "topics", "专题专栏", "topic")
    return ledger.article("topics", title, model=TopicPage, **fields)


def newest(column, count=2, title="最新"):
    return ("newest", {"title": title, "column": column, "count": count})


def card(title, page=None, url=""):
    return {"title": title, "text": "", "page": page, "url": url}


def test_the_newest_of_a_column_is_what_it_is_today(ledger, client):
    page = topic(ledger, body=[newest("news"), newest("notice", title="通知")])
    path = f"/topics/{page.slug}/"
    assert "目前还没有信息" in client.get(path).content.decode()
    for number in range(3):
        ledger.article("news", f"第{number}条")
    ledger.draft("news", "未公开的一条")
    html = client.get(path).content.decode()
    assert "第2条" in html and "第1条" in html and "第0条" not in html
    assert "未公开的一条" not in html
    few = len(queries(client, path))
    more = [newest("news", 9), newest("notice", 9), newest("policy", 9), newest("explained", 9)]
    big = topic(ledger, "大专题", body=more)
    assert len(queries(client, f"/topics/{big.slug}/")) <= few


def test_cards_lead_to_published_addresses_only(ledger, client):
    public, draft = ledger.article("news", "公开的"), ledger.draft("news", "草稿")
    cards = [card("甲", public), card("乙", draft), card("丙", url="https://example.org/"),
             card("丁", url="http://localhost:8000/search/?q=1")]  # fmt: skip
    page = topic(ledger, body=[("links", cards)])
    path = f"/topics/{page.slug}/"
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    links = {a.get_text(): a for a in soup.select(".card a")}
    assert set(links) == {"甲", "丙", "丁"}
    assert links["甲"]["href"] == f"/news/{public.slug}/" and "rel" not in links["甲"].attrs
    assert "external" in links["丙"]["rel"]
    assert links["丁"]["href"] == "/search/?q=1" and "rel" not in links["丁"].attrs
    ledger.publish(draft)
    assert "乙" in client.get(path).content.decode()
    few = len(queries(client, path))
    many = [card(f"卡{n}", ledger.article("notice", f"标{n}", model=ArticlePage)) for n in range(6)]
    big = topic(ledger, "多卡", body=[("links", many)])
    assert len(queries(client, f"/topics/{big.slug}/")) <= few


def test_an_ended_topic_says_so_on_page_and_list(ledger, client):
    today = timezone.localdate()
    over = topic(ledger, "结束的", ends=today - timedelta(days=1), body=[("heading", "一")])
    last = topic(ledger, "最后一天", ends=today, body=[("heading", "一")])
    assert "已结束" in client.get(f"/topics/{over.slug}/").content.decode()
    assert "已结束" not in client.get(f"/topics/{last.slug}/").content.decode()
    assert client.get("/topics/").content.decode().count("已结束") == 1
