"""`/hant/…` and `/en/…`: the same page, other writing; nothing else changes."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from theme.finished_html import in_variant
from theme.middleware import VariantMiddleware
from theme.variants import ENGLISH, HANT

PAGE = """<html lang="zh-Hant"><head><title>体育</title>
<script type="application/ld+json">{"name": "广东"}</script>
<meta name="Keywords" content="体育,公开"></head><body class="广东">
<!-- 广东 -->
<a href="/news/a/?q=广东" title="广东">广东</a> <a href="#广东">下</a>
<a href="/static/广.css">静</a><a href="/documents/3/">附件</a><a href="/admin/">管理</a>
<a href="/feeds/news.xml">订阅</a><a href="https://example.org/a/">外</a><a href="//x.org/">外</a>
<a href="/en/news/" hreflang="en" translate="no">简体</a><a href="/hant/news/">繁</a>
<form action="/search/"><input type="search" name="q" value="体育" placeholder="关键词">
<input type="hidden" name="back" value="体育"><textarea name="t">体育</textarea></form>
<img src="/media/图.webp" alt="广东省"><p lang="zh-Hans">着重 &quot;广东&quot; &lt;体育&gt;</p>
</body></html>"""


@pytest.fixture
def path(ledger):
    """An article's address."""
    body = [("paragraph", "<p>广东省体育局发布群众体育信息。</p>")]
    ledger.article("news", "较早的信息", body=body)
    return f"/news/{ledger.article('news', '群众体育', body=body).slug}/"


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_characters_change_and_nothing_else_does():
    made = in_variant(PAGE, HANT)
    page = BeautifulSoup(made, "html.parser")
    assert page.title.string == "體育"
    assert '{"name": "广东"}' in made and "<!-- 广东 -->" in made and 'class="广东"' in made
    assert page.find("meta")["content"] == "體育,公開"
    link = page.find("a")
    assert (link["href"], link["title"], link.string) == ("/hant/news/a/?q=广东", "廣東", "廣東")
    assert page.find("img")["src"] == "/media/图.webp" and page.find("img")["alt"] == "廣東省"
    search, hidden = page.find_all("input")
    assert (search["value"], search["placeholder"], hidden["value"]) == ("體育", "關鍵詞", "体育")
    assert page.textarea.string == "体育"
    assert page.p["lang"] == "zh-Hant" and page.p.string == '着重 "廣東" <體育>'
    assert page.find("a", hreflang="en").string == "简体"


@pytest.mark.parametrize("variant", [HANT, ENGLISH])
def test_links_and_forms_keep_the_prefix_files_do_not(variant):
    page = BeautifulSoup(in_variant(PAGE, variant), "html.parser")
    targets = [tag.get("href") or tag.get("action") for tag in page.find_all(["a", "form"])]
    assert targets == [
        f"/{variant.prefix}/news/a/?q=广东", "#广东", "/static/广.css", "/documents/3/", "/admin/",
        "/feeds/news.xml", "https://example.org/a/", "//x.org/", "/en/news/", "/hant/news/",
        f"/{variant.prefix}/search/",
    ]  # fmt: skip


def test_a_traditional_page_for_the_neighbours(path, client):
    answer = client.get(f"/hant{path}")
    page = soup(answer)
    assert page.html["lang"] == answer.headers["Content-Language"] == "zh-Hant"
    assert page.h1.string == "羣眾體育"
    assert "廣東省體育局發佈羣眾體育信息。" in page.find("article").get_text()
    assert page.find(string="简体") and not page.find(string="簡體")
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_an_english_frame_around_chinese_content(path, client):
    page = soup(client.get(f"/en{path}"))
    assert page.html["lang"] == "en"
    assert page.find("a", href="/en/", string="Home")
    assert page.h1.string == "群众体育" and page.h1["lang"] == "zh-Hans"
    assert page.find("a", string="新闻")["lang"] == "zh-Hans"  # a column's title
    body = page.find("p", string=re.compile("广东省体育局"))
    assert body["lang"] == "zh-Hans"
    assert page.find("a", string="Home").get("lang") is None
    assert soup(client.get(path)).html["lang"] == "zh-Hans"  # and the language does not stick


def test_the_chinese_page_is_the_original(path, client, settings):
    for given in (path, f"/hant{path}", f"/en{path}"):
        page = soup(client.get(given))
        assert page.find("link", rel="canonical")["href"] == settings.SITE_URL + path
        alternates = {
            link["hreflang"]: link["href"] for link in page.find_all("link", hreflang=True)
        }
        assert alternates == {
            "zh-Hans": settings.SITE_URL + path,
            "zh-Hant": f"{settings.SITE_URL}/hant{path}",
            "en": f"{settings.SITE_URL}/en{path}",
        }
        switches = [a["href"] for a in page.find("ul", class_="variants").find_all("a")]
        assert switches == [path, f"/hant{path}", f"/en{path}"]


def test_every_page_has_its_variants_and_its_links_answer(path, client):
    answers = {}
    for prefix in ("hant", "en"):
        for given in ("/", "/news/", path, "/site-map/", "/search/", "/reading/", "/nothing/"):
            for link in soup(client.get(f"/{prefix}{given}")).find_all("a", href=True):
                href = link["href"].partition("#")[0]
                if href.startswith(f"/{prefix}/") and "?" not in href and href not in answers:
                    answers[href] = client.get(href).status_code
    assert len(answers) > 20
    assert set(answers.values()) == {200}


def test_redirects_keep_the_prefix(path, client):
    assert client.get("/hant").headers["Location"] == "/hant/"
    assert client.get(f"/hant{path[:-1]}?a=1").headers["Location"] == f"/hant{path}?a=1"
    assert client.get("/en/reading/?size=large").headers["Location"] == "/en/"
    back = {"referer": f"http://testserver/hant{path}"}
    assert client.get("/hant/reading/?size=large", headers=back).headers["Location"] == (
        f"/hant{path}"
    )
    elsewhere = VariantMiddleware(lambda request: HttpResponseRedirect("https://example.org/"))
    answer = elsewhere(RequestFactory().get("/en/news/"))
    assert answer.headers["Location"] == "https://example.org/"


def test_admin_and_files_have_one_address(ledger, client):
    prefix = "hant"
    for only in ("/admin/login/", "/robots.txt", "/feeds/news.xml", "/sitemap.xml", "/healthz"):
        answer = client.get(f"/{prefix}{only}?a=1")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{only}?a=1")
    for never in (f"/{prefix}//admin/", f"/{prefix}//example.org/"):
        assert not client.get(never).headers["Location"].startswith("//")
    admin = client.get("/admin/login/")
    assert f'"/{prefix}/' not in admin.content.decode()


def test_what_is_no_page_is_left_alone():
    bytes_of = VariantMiddleware(lambda request: HttpResponse("广东", content_type="text/plain"))
    assert bytes_of(RequestFactory().get("/hant/x/")).content.decode() == "广东"


def test_words_typed_in_traditional_characters_are_searched_in_simplified_ones(ledger, client):
    for typed in ("羣眾體育", "群眾體育", "群众体育"):
        answer = client.get("/hant/search/", {"q": typed, "page": "2"})
        assert answer.context["query"] == "群众体育"
        assert soup(answer).find("input", id="q-page")["value"] == "羣眾體育"


def test_a_variant_asks_the_database_no_more(path, client):
    def queries(given):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(given).status_code == 200
        return len(asked)

    for given in ("/", "/news/", path):
        queries(given)
        assert queries(f"/hant{given}") == queries(f"/en{given}") == queries(given)
