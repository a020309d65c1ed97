"""Addresses: readable, given once, never changed behind anybody's back."""

from page_types.models import ArticlePage, NoticePage, TopicPage
from page_types.publication.models import Entry
from page_types.slugs import RESERVED, suggest
from tests.houses import small_house
from tests.ledger import with_columns
from tests.once import anew
from tests.page_types.samples import column_for
from tests.review.test_editor import create, edit_url, form_of, latest

ledger = anew(with_columns)  # some tests here need the other bureau in its place
house = anew(small_house)


def test_an_address_is_readable_and_stays_when_the_title_changes(house, client):
    create(house, house.alice, "news", **form_of("全民健身日"))
    page = ArticlePage.objects.get(title="全民健身日")
    assert page.slug == "quan-min-jian-shen-ri"
    editor = house.client(house.alice)
    editor.post(edit_url(page), form_of("改过的标题", slug=page.slug))
    assert latest(page).title == "改过的标题"
    assert latest(page).slug == "quan-min-jian-shen-ri"
    house.publish(page, house.alice)
    for slug in ("quan-min-jian-shen-ri", ""):  # as the form holds it, and cleared by hand
        editor.post(edit_url(page), form_of("又改", slug=slug))
        assert latest(page).title == "又改"
        assert latest(page).slug == "quan-min-jian-shen-ri"
    # Changed on purpose, it redirects once the change is public, and not before.
    editor.post(edit_url(page), form_of("又改", slug="jian-shen"))
    old, new = "/news/quan-min-jian-shen-ri/", "/news/jian-shen/"
    assert (client.get(old).status_code, client.get(new).status_code) == (200, 404)
    house.publish(page, house.alice)
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_reserved_addresses_are_refused_and_never_suggested(house):
    page = house.draft(house.alice, "news", "标题")
    for slug in sorted(RESERVED):
        answer = house.client(house.alice).post(edit_url(page), form_of("标题", slug=slug))
        assert f"“{slug}”是系统保留的网址，请换一个。" in answer.content.decode()
        assert suggest(slug, house.columns["news"].pk) != slug
    assert latest(page).slug not in RESERVED


def test_equal_titles_get_addresses_of_their_own(ledger, client):
    column_for(ledger, "topics", "专题", "topic")
    long = "关于进一步加强全省体育系统政务公开工作的通知"
    made = [
        ledger.article(column, title, model=model)
        for column, title, model in (
            ("notice", "通知", NoticePage), ("notice", "通知", NoticePage),
            ("notice", long, NoticePage), ("notice", long, NoticePage),
            ("topics", "通知", TopicPage), ("notice", "！？…", NoticePage),
        )
    ]  # fmt: skip
    paths = {f"/{Entry.objects.get(pk=page.pk).column.key}/{page.slug}/" for page in made}
    assert len(paths) == len(made)
    assert all(page.slug and page.slug.isascii() for page in made)
    assert {client.get(path).status_code for path in paths} == {200}
