"""What stands around every page: footer, sharing, links that lead away, empty columns, weights."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from page_types.publication.checks import FACTS
from theme import errors

#: Bytes as sent, uncompressed.
WHOLE_ARTICLE, STYLE, SCRIPT = 60_000, 30_000, 15_000


def soup(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


@pytest.fixture
def article(ledger):
    body = [("paragraph", "<p>广东省体育局做好政务公开工作。</p>" * 40)]
    return f"/news/{ledger.article('news', body=body).slug}/"


def size(name):
    return Path(finders.find(f"theme/{name}")).stat().st_size


def test_an_article_is_light(article, client):
    answer = client.get(article)
    assert size("portal.css") <= STYLE
    assert size("portal.js") <= SCRIPT
    assert len(answer.content) + size("portal.css") + size("portal.js") <= WHOLE_ARTICLE
    page = BeautifulSoup(answer.content, "html.parser")
    loaded = [tag["src"] for tag in page.find_all(src=True)]
    loaded += [tag["href"] for tag in page.find_all("link", rel=["stylesheet", "icon"])]
    assert loaded and all(address.startswith("/") for address in loaded)
    assert page.find_all(style=True) == [] and page.find_all("style") == []


def test_every_mode_renders_every_kind_of_page(article, client):
    for cookie in ("view:elder", "view:plain", "contrast:black.size:largest"):
        client.cookies["reading"] = cookie
        for prefix in ("", "/hant", "/en"):
            for path in ("/", "/news/", "/notice/", article, "/site-map/", "/search/"):
                answer = client.get(prefix + path)
                page = BeautifulSoup(answer.content, "html.parser")
                assert answer.status_code == 200, (prefix, path, cookie)
                assert len(page.find_all("h1")) == 1, (prefix, path, cookie)


def test_the_footer_names_what_is_set_and_leaves_out_the_rest(ledger, client, settings):
    set_ones = {
        "PORTAL_SITE_ID_CODE": "4400000009",
        "PORTAL_ICP_NUMBER": "粤ICP备00000000号",
        "PORTAL_POLICE_NUMBER": "粤公网安备 00000000000000号",
        "PORTAL_CONTACT": "020-00000000",
        "PORTAL_CONAC_URL": "https://bszs.conac.cn/sitename?method=show&id=00",
    }
    for name in set_ones:
        setattr(settings, name, "")
    bare = soup(client, "/").find("footer")
    assert "主办单位：广东省体育局" in bare.get_text()
    assert "网站标识码" not in bare.get_text() and "联系方式" not in bare.get_text()
    assert bare.find_all("a", rel="external") == []
    for name, value in set_ones.items():
        setattr(settings, name, value)
    footer = soup(client, "/").find("footer")
    for value in list(set_ones.values())[:4]:
        assert value in footer.get_text()
    assert footer.find("a", string="党政机关网站标识")["href"] == set_ones["PORTAL_CONAC_URL"]
    assert all("noopener" in link["rel"] for link in footer.find_all("a", rel="external"))
    links = {link["href"] for link in footer.find_all("a", href=True)}
    assert {"/site-map/", "/search/", "/reading/", "/hant/", "/en/"} <= links


def test_a_check_names_what_the_footer_lacks(settings, capsys):
    for name, _what in FACTS:
        setattr(settings, name, "")
    call_command("check", "--deploy", "--tag", "compatibility")
    said = capsys.readouterr().err
    for name, _what in FACTS:
        assert name in said
    assert {"PORTAL_POLICE_NUMBER", "PORTAL_CONAC_URL"} <= {name for name, _ in FACTS}


def test_a_code_for_every_public_address_and_no_other(
    ledger, article, client, django_assert_max_num_queries
):
    draft = ledger.draft("news", "未公开")
    image = soup(client, article).find("img", alt="本页网址的二维码")["src"]
    for path in (image, "/qr/news.svg", "/qr/policy/explained.svg"):
        answer = client.get(path)
        assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/svg+xml"
        assert answer.content.startswith(b"<svg") and b"<script" not in answer.content
        assert "max-age=2592000" in answer.headers["Cache-Control"]
    for path in (
        f"/qr/news/{draft.slug}.svg", "/qr/nothing.svg", "/qr/search.svg", "/qr/news/a/b.svg",
        "/qr/https://example.org.svg", "/qr/news/%00.svg",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    with django_assert_max_num_queries(2):
        client.get(image)


def test_two_addresses_have_two_codes(ledger, client):
    assert client.get("/qr/news.svg").content != client.get("/qr/notice.svg").content


def test_what_is_missing_or_closed_is_said_within_the_frame(ledger, client, rf):
    """Whoever took a wrong turn still has menu, search, footer and his own preferences."""
    closed = errors.forbidden(rf.get("/closed/"), PermissionDenied())
    for answer, status in ((client.get("/nothing/here/"), 404), (closed, 403)):
        assert answer.status_code == status
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.title.string.endswith("广东省体育局")
        assert page.find(class_="brand-name").get_text() == "广东省体育局"
        assert [a["href"] for a in page.select(".menu-item > a")][:2] == ["/", "/news/"]
        assert "主办单位：广东省体育局" in page.footer.get_text()
        assert len(page.select("form[role=search]")) == 1 and len(page.find_all("h1")) == 1


def test_links_to_other_sites_say_so(ledger, client, settings):
    body = (
        '<p><a href="https://www.gov.cn/a?b=1&amp;c=2">国务院</a>'
        f'<a href="{settings.SITE_URL}/news/">本站</a><a href="mailto:a@example.org">信箱</a></p>'
    )
    page = soup(client, f"/news/{ledger.article('news', body=[('paragraph', body)]).slug}/")
    away = page.find("a", string="国务院")
    assert away["href"] == "https://www.gov.cn/a?b=1&c=2"
    assert away["rel"] == ["external", "noopener"]
    assert page.find("a", string="本站").get("rel") is None
    assert page.find("a", string="信箱")["href"] == "mailto:a@example.org"
    question = page.find("dialog").get_text()
    assert "您访问的链接即将离开“广东省体育局”门户网站，是否继续？" in question
    assert "继续访问" in question and "放弃" in question


def test_an_empty_column_says_what_will_stand_there_and_who_owes_it(ledger, client):
    for path in ("/notice/", "/policy/"):  # the second has only a column below it
        said = soup(client, path).find(class_="empty").get_text()
        assert "由办公室负责发布" in said, path
    assert "政策文件及其解读" in soup(client, "/policy/").find(class_="empty").get_text()


def test_a_column_says_whose_it_is_and_how_often(article, client):
    facts = soup(client, "/news/").find("aside").get_text()
    for word in ("责任处室", "办公室", "最近更新", "更新周期"):
        assert word in facts


def test_the_home_page_shows_number_and_validity_of_documents(ledger, client, models):
    ledger.article(
        "policy", "一个文件", model=models.policy, document_number="粤体〔2016〕12号",
        validity="repealed", validity_date="2020-01-01",
    )  # fmt: skip
    row = soup(client, "/").find("table", class_="catalogue").find_all("tr")[1]
    assert "粤体〔2016〕12号" in row.get_text() and "废止" in row.get_text()


def test_neighbours_lead_to_newer_and_older(ledger, client):
    slugs = [ledger.article("news", f"第{number}篇").slug for number in range(3)]
    page = soup(client, f"/news/{slugs[1]}/").find("nav", class_="neighbours")
    newer, older = page.find("a", rel="prev"), page.find("a", rel="next")
    assert newer["href"] == f"/news/{slugs[2]}/" and older["href"] == f"/news/{slugs[0]}/"
