"""图片新闻: led by pictures in list and page, without script, at a steady cost."""

from bs4 import BeautifulSoup

from page_types.models import PictureStoryPage
from tests.page_types.samples import column_for
from tests.page_types.samples_b import SAMPLES, pictured
from tests.publication.test_queries import queries


def test_the_page_is_walked_picture_by_picture(ledger, client):
    page = SAMPLES["picture_story"](ledger)
    soup = BeautifulSoup(client.get(f"/of-pictures/{page.slug}/").content, "html.parser")
    for link in soup.select(".story-strip a"):
        figure = soup.find(id=link["href"].removeprefix("#"))
        assert figure.img["alt"] in link.img["alt"]
        assert figure.find("figcaption").get_text().strip()
    figures = soup.select("figure.story-picture")
    assert len(figures) == 3
    # The first picture is what a visitor waits for; the others come when he gets there.
    assert [img.get("loading") for img in soup.select("figure img")] == [None, "lazy", "lazy"]


def test_lists_lead_with_the_picture_or_stay_calm(ledger, client):
    SAMPLES["picture_story"](ledger)
    ledger.article("of-pictures", "没有图片的", model=PictureStoryPage, pictures=[])
    soup = BeautifulSoup(client.get("/of-pictures/").content, "html.parser")
    cards = {li.a.get_text(strip=True): li for li in soup.select(".pictures li")}
    image = cards["一组图片"].img
    assert image["alt"] == "替代文字1" and image["loading"] == "lazy"
    assert (image["width"], image["height"]) == ("480", "320")
    assert client.get(image["src"]).status_code == 200
    assert cards["没有图片的"].img is None and cards["没有图片的"].select_one(".no-picture")
    home = BeautifulSoup(client.get("/").content, "html.parser")
    assert home.find("img", alt="替代文字1")


def test_more_pictures_cost_no_more_queries(ledger, client):
    column_for(ledger, "album", "图集", "pictures")
    few = ledger.article("album", "少", model=PictureStoryPage, pictures=[("picture", pictured(1))])
    few_page, few_list, few_home = (
        len(queries(client, path)) for path in (f"/album/{few.slug}/", "/album/", "/")
    )
    for number in range(3):
        many = ledger.article(
            "album", f"多{number}", model=PictureStoryPage,
            pictures=[("picture", pictured(n)) for n in range(6)],
        )  # fmt: skip
    # One more at most: `many` has a neighbour in the list, `few` had none.
    assert len(queries(client, f"/album/{many.slug}/")) <= few_page
    assert len(queries(client, "/album/")) <= few_list
    assert len(queries(client, "/")) <= few_home
