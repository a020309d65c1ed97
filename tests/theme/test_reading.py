"""Reading preferences: one cookie, a door without script, nothing that helps a stranger."""

import pytest
from bs4 import BeautifulSoup

from theme import reading

CHOSEN = "size:large.contrast:black.view:elder.guide:on"


def root(response):
    """The `data-` attributes of `<html>` that are not the ordinary ones."""
    html = BeautifulSoup(response.content, "html.parser").html
    ordinary = {f"data-{name}": choices[0] for name, choices in reading.CHOICES.items()}
    return {n: v for n, v in html.attrs.items() if n in ordinary and v != ordinary[n]}


@pytest.fixture
def article(ledger):
    """The address of an article with a picture's place in its text."""
    return f"/news/{ledger.article('news', body=[('paragraph', '<p>全文</p>')]).slug}/"


def test_the_cookie_shows_on_every_page_from_the_first_byte(article, client):
    for path in ("/", "/news/", article, "/site-map/", "/nothing/here/"):
        client.cookies.clear()
        assert root(client.get(path)) == {}, path
        client.cookies["reading"] = CHOSEN
        assert root(client.get(path)) == {
            "data-size": "large",
            "data-contrast": "black",
            "data-view": "elder",
            "data-guide": "on",
        }, path


@pytest.mark.parametrize(
    "value",
    ["size:huge", "colour:red", "size", "...", 'size:"><script>', "size:medium", "x" * 9000],
)
def test_what_is_not_on_the_list_is_ignored(article, client, value):
    plain = client.get(article)
    client.cookies["reading"] = value
    answer = client.get(article)
    assert answer.content == plain.content
    assert "Vary" not in answer.headers and "Cache-Control" not in answer.headers


def test_one_page_for_everybody_and_none_of_a_reader_in_a_shared_store(article, client):
    ordinary = client.get(article)
    assert "Cookie" not in ordinary.headers.get("Vary", "")
    client.cookies["reading"] = CHOSEN
    personal = client.get(article)
    assert "Cookie" in personal.headers["Vary"]
    assert "private" in personal.headers["Cache-Control"]
    assert client.get("/robots.txt").headers.get("Vary") is None


def test_the_form_works_without_script_and_leads_back(article, client):
    page = BeautifulSoup(
        client.get("/reading/", headers={"referer": f"http://testserver{article}"}).content,
        "html.parser",
    )
    form = page.find("form", class_="settings")
    fields = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    names = {field["name"] for field in form.find_all("input", type="radio")}
    assert fields == {"back": article} and names == {"size", "contrast", "view", "guide"}
    answer = client.get(form["action"], {**fields, "size": "large", "contrast": "black"})
    assert (answer.status_code, answer.headers["Location"]) == (302, article)
    assert client.cookies["reading"].value == "size:large.contrast:black"
    assert root(client.get(article))["data-contrast"] == "black"
    again = BeautifulSoup(client.get("/reading/").content, "html.parser")
    ticked = {f["name"]: f["value"] for f in again.find_all("input", checked=True)}
    assert ticked == {"size": "large", "contrast": "black", "view": "normal", "guide": "off"}


def test_a_single_link_changes_one_thing_and_reset_all(article, client):
    client.cookies["reading"] = "contrast:blue"
    client.get("/reading/?view=elder")
    assert client.cookies["reading"].value == "contrast:blue.view:elder"
    client.get("/reading/?contrast=normal&size=endless")
    assert client.cookies["reading"].value == "view:elder"
    client.get("/reading/?reset=1")
    assert client.cookies["reading"].value == ""


FOREIGN = (
    "https://example.org/", "//example.org/", "/\\example.org/", "http:example.org", "\t//a.b",
    "javascript:alert(1)", "///example.org", "news/", "/reading/", "/hant/reading/?view=plain",
)  # fmt: skip


def test_the_way_back_never_leads_elsewhere(ledger, client):
    for foreign in FOREIGN:
        answer = client.get("/reading/", {"size": "large", "back": foreign})
        assert answer.headers["Location"] == "/", foreign
    answer = client.get("/reading/?size=large", headers={"referer": "https://example.org/news/"})
    assert answer.headers["Location"] == "/"


def test_size_links_of_an_article_are_the_same_mechanism(article, client):
    tools = BeautifulSoup(client.get(article).content, "html.parser").find("div", class_="tools")
    large = tools.find("a", string="大")
    client.get(large["href"], headers={"referer": f"http://testserver{article}"})
    assert root(client.get(article)) == {"data-size": "large"}


def test_plain_text_has_words_for_pictures(ledger, client):
    client.cookies["reading"] = "view:plain"
    ledger.article("news")
    page = client.get("/news/").content.decode()
    assert "<img" not in page  # the logo is decoration: nothing stands for it
    article = ledger.article("news", "有二维码").slug
    text = BeautifulSoup(client.get(f"/news/{article}/").content, "html.parser")
    assert text.find("img") is None
    assert "[图片：本页网址的二维码]" in text.find(class_="share-panel").get_text()


def test_the_doors_first_segments_are_no_slugs(ledger):
    from page_types.slugs import RESERVED
    from structure.plan_schema import RESERVED_SLUGS

    for slug in ("reading", "qr", "en", "hant"):
        assert slug in RESERVED and slug in RESERVED_SLUGS
