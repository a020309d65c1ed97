"""链接: a word before one leaves the site, none where one stays."""

from bs4 import BeautifulSoup

from page_types.models import LinkPage
from tests.page_types.samples import column_for


def link(ledger, url, title="链接"):
    column_for(ledger, "links", "重要链接", "link")
    page = ledger.article("links", title, model=LinkPage, url=url, summary="说明")
    return f"/links/{page.slug}/"


def test_the_way_out_is_asked_once_with_the_words_of_the_rule(ledger, client):
    soup = BeautifulSoup(client.get(link(ledger, "https://example.org/x")).content, "html.parser")
    main = soup.find("main")
    assert "您访问的链接即将离开“广东省体育局”门户网站，是否继续？" in main.get_text()
    on, back = main.select(".leaving-answers a")
    assert on["href"] == "https://example.org/x" and on["target"] == "_blank"
    # The page has asked already: the dialog of the theme, which asks at `external`, keeps still.
    assert "external" not in on["rel"]
    assert back["href"] == "/links/"


def test_a_link_to_this_site_leads_on_at_once(ledger, client):
    target = ledger.article("news", "站内")
    inside = link(ledger, f"http://localhost:8000/news/{target.slug}/?a=1")
    answer = client.get(inside)
    assert (answer.status_code, answer["Location"]) == (302, f"/news/{target.slug}/?a=1")
    # Never to another host by way of ours, nor round in a circle.
    assert (
        client.get(link(ledger, "http://localhost:8000//evil.org/", "双斜杠"))["Location"]
        == "/evil.org/"
    )
    circle = link(ledger, "http://localhost:8000/links/wo/", "我")
    assert circle == "/links/wo/" and client.get(circle).status_code == 200


def test_the_list_says_who_stands_behind_a_link(ledger, client):
    column_for(ledger, "links", "重要链接", "link")
    ledger.article(
        "links", "某系统", model=LinkPage, url="https://sys.example.org/a", summary="可以办事",
        organisation="某单位",
    )  # fmt: skip
    html = client.get("/links/").content.decode()
    for words in ("某系统", "主办：某单位", "可以办事", "sys.example.org"):
        assert words in html
