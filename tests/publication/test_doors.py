"""Feeds, sitemap, site map, robots, meta tags, health: what machines and guides read."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from page_types.publication import fixed_pages

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def meta(client, path):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return {tag["name"]: tag["content"] for tag in page.find_all("meta", attrs={"name": True})}


SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource"}


def test_government_meta_tags_three_seven_ten(ledger, client, settings):
    settings.PORTAL_SITE_ID_CODE = "4400000009"
    shown = timezone.make_aware(timezone.datetime(2016, 8, 5, 9, 7))
    page = ledger.article("news", "带标签", source="省体育局", keywords="体育,公开", shown_at=shown)
    government = SITE | COLUMN | ARTICLE
    home, column = meta(client, "/"), meta(client, "/news/")
    article = meta(client, f"/news/{page.slug}/")
    assert set(home) & government == SITE
    assert set(column) & government == SITE | COLUMN
    assert set(article) & government == government
    assert home["SiteName"] == "广东省体育局"
    assert home["SiteIDCode"] == "4400000009"
    assert "://" not in home["SiteDomain"]
    assert column["ColumnName"] == "新闻"
    assert article["PubDate"] == "2016-08-05 09:07"
    assert article["ContentSource"] == "省体育局"
    assert article["Keywords"] == "体育,公开"


def test_an_unknown_site_code_is_left_out_not_invented(ledger, client, settings):
    settings.PORTAL_SITE_ID_CODE = ""
    assert "SiteIDCode" not in meta(client, "/")


def test_source_falls_back_to_the_department(ledger, client):
    page = ledger.article("news", "没有来源")
    assert meta(client, f"/news/{page.slug}/")["ContentSource"] == "办公室"


def test_a_feed_without_items_claims_no_change(ledger, client):
    feed = fromstring(client.get("/feeds/news.xml").content)
    assert feed.find("channel/title").text.startswith("新闻")
    assert feed.find("channel/lastBuildDate") is None


def test_feed_of_a_column(ledger, client, settings):
    page = ledger.article("news", "推送 <一>", summary="摘要&更多")
    answer = client.get("/feeds/news.xml")
    assert answer["Content-Type"].startswith("application/rss+xml")
    item = fromstring(answer.content).find("channel/item")
    assert item.findtext("title") == "推送 <一>"
    assert item.findtext("link") == f"{settings.SITE_URL}/news/{page.slug}/"
    assert item.findtext("description") == "摘要&更多"
    assert item.findtext("pubDate")


def locations(client, path):
    root = fromstring(client.get(path).content)
    assert isinstance(root, ElementTree.Element)
    return [found.text for found in root.iter(f"{SITEMAP}loc")]


def test_sitemap_names_every_public_page_and_no_draft(ledger, client, settings):
    page = ledger.article("news", "公开")
    draft = ledger.draft("news", "草稿")
    urls = [u for section in locations(client, "/sitemap.xml")
            for u in locations(client, section.removeprefix(settings.SITE_URL))]  # fmt: skip
    expected = ["/", "/news/", "/notice/", "/policy/", "/policy/explained/", f"/news/{page.slug}/"]
    expected += [found.url for _group, found in fixed_pages.all_pages()]
    assert sorted(urls) == sorted(settings.SITE_URL + path for path in expected)
    assert (
        client.get("/open-data/").status_code == 200 and f"{settings.SITE_URL}/open-data/" in urls
    )
    assert not [url for url in urls if draft.slug in url]
    assert client.get("/sitemap-9.xml").status_code == 404
    assert settings.SITE_URL + "/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_site_map_names_every_column_with_owner_and_last_update(ledger, client):
    ledger.article("explained", "解读", shown_at=timezone.make_aware(timezone.datetime(2016, 9, 1)))
    text = client.get("/site-map/").content.decode()
    for title in ("新闻", "通知", "政策", "解读"):
        assert title in text
    assert "办公室" in text
    assert "2016-09-01" in text


@pytest.mark.parametrize("query", ["体育", '"', "<script>alert(1)</script>", "%", "\0", "x" * 5000])
def test_search_says_that_it_is_coming_to_any_query(ledger, client, query):
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_health(db, client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


def test_ready_says_when_migrations_wait(db, client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="publication").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "migrations waiting")


def test_public_pages_carry_a_strict_policy_and_set_no_cookie(ledger, client):
    for path in ("/", "/news/", "/site-map/", "/search/?q=x", "/nothing/"):
        answer = client.get(path)
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        assert not answer.cookies, path
        assert "style=" not in answer.content.decode()
        assert "onclick" not in answer.content.decode()
