"""What machines read of a page: government tags (domain facts 5.1), JSON-LD, Open Graph."""

import json
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from page_types.models import PolicyPage
from page_types.publication.models import Entry
from tests.page_types.samples import LISTS, all_samples, path_to

SITE = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
ARTICLE = ["ArticleTitle", "PubDate", "ContentSource"]
MORE = ["Keywords", "Description"]
#: type of the page -> @type of its JSON-LD
STRUCTURED = {
    "article": "Article",
    "policy": "Legislation",
    "listofpowers": "Dataset",
    "statistics": "Dataset",
    "service": "WebPage",
    "notice": "SpecialAnnouncement",
}


@pytest.fixture(autouse=True)
def known_site(settings):
    settings.PORTAL_SITE_ID_CODE = "4400000001"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


def tags(soup):
    """(name, content) of the government's tags, in their order."""
    return [
        (meta["name"], meta["content"])
        for meta in soup.select("meta[name]")
        if meta["name"][0].isupper()
    ]


def structured(soup):
    """(what the page is, its breadcrumbs or None)."""
    (script,) = soup.select('script[type="application/ld+json"]')
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    page, *trail = data["@graph"]
    return page, trail[0] if trail else None


def test_the_home_page_has_the_three_of_the_site(ledger, client, settings):
    soup = read(client, "/")
    assert dict(tags(soup)) == {
        "SiteName": "广东省体育局",
        "SiteDomain": settings.SITE_URL.split("//")[1],
        "SiteIDCode": "4400000001",
    }
    page, trail = structured(soup)
    assert page["@type"] == "WebSite" and trail is None
    assert page["potentialAction"]["target"].endswith("/search/?q={search_term_string}")


def test_without_a_code_nothing_is_invented(ledger, client, settings):
    settings.PORTAL_SITE_ID_CODE = ""
    assert "SiteIDCode" not in dict(tags(read(client, "/")))


@pytest.mark.parametrize("name", ["policies", "catalogue", "catalogue narrowed", "services"])
def test_a_list_has_seven(ledger, client, name):
    path = LISTS[name](ledger, False)
    soup = read(client, path)
    found = tags(soup)
    assert [tag for tag, _content in found] == SITE + COLUMN
    assert all(content for _tag, content in found)
    page, trail = structured(soup)
    assert page["@type"] == "CollectionPage" and page["url"].endswith(path)
    assert [place["position"] for place in trail["itemListElement"]] == list(
        range(1, len(trail["itemListElement"]) + 1)
    )
    assert dict(found)["ColumnType"] in ("政策文件", "信息公开目录", "办事服务")


@pytest.mark.parametrize("name", all_samples())
def test_an_article_has_ten_and_says_what_it_is(ledger, client, name):
    page = all_samples()[name](ledger, False)
    path, entry = path_to(page), Entry.objects.select_related("department").get(pk=page.pk)
    soup = read(client, path)
    found = tags(soup)
    names = [tag for tag, _content in found]
    assert names[:10] == SITE + COLUMN + ARTICLE and set(names[10:]) <= set(MORE)
    assert len(set(names)) == len(names) and all(content for _tag, content in found)
    values = dict(found)
    assert values["ArticleTitle"] == page.title
    shown = timezone.localtime(entry.shown_at)
    assert values["PubDate"] == shown.strftime("%Y-%m-%d %H:%M")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", values["PubDate"])
    assert values["ContentSource"] == (getattr(page, "source", "") or entry.department.name)

    said, trail = structured(soup)
    kind = page._meta.model_name.removesuffix("page")
    assert said["@type"] == STRUCTURED.get(kind, said["@type"])
    assert {"name", "headline", "url", "inLanguage", "datePublished", "publisher"} <= set(said)
    assert timezone.datetime.fromisoformat(said["datePublished"]).tzinfo
    assert trail["itemListElement"][-1]["name"] == page.title

    (canonical,) = soup.select("link[rel=canonical]")
    graph = {meta["property"]: meta["content"] for meta in soup.select("meta[property]")}
    assert canonical["href"] == said["url"] == graph["og:url"]
    assert canonical["href"].endswith(path)
    assert graph["og:title"] == page.title and graph["og:type"] == "article"
    assert graph.get("og:description", "") == entry.summary == values.get("Description", "")


def test_a_title_cannot_leave_its_script_or_its_attribute(ledger, client):
    title = '</script><script>alert(1)</script>" & <b>甲</b>'
    page = ledger.article("policy", title)
    soup = read(client, path_to(page))
    said, trail = structured(soup)
    assert said["name"] == title and trail["itemListElement"][-1]["name"] == title
    assert dict(tags(soup))["ArticleTitle"] == title
    assert not any(
        "alert(1)" in (script.string or "") for script in soup.select("script:not([type])")
    )


def test_the_legal_force_of_a_document_is_said_to_machines(ledger, client):
    def force(**fields):
        page = ledger.article("policy", "文件", model=PolicyPage, **fields)
        return structured(read(client, path_to(page)))[0]["legislationLegalForce"]

    since = {"validity_date": date(2016, 5, 1)}
    assert force() == "InForce"
    assert force(validity="amended", **since) == "PartiallyInForce"
    assert force(validity="repealed", **since) == "NotInForce"
    assert force(expiry_date=date(2016, 5, 1)) == "NotInForce"
