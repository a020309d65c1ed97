"""Leaders and institutions stand in their order and can be reached."""

from bs4 import BeautifulSoup

from page_types.models import InstitutionPage, LeaderPage
from tests.page_types.samples import column_for
from tests.publication.test_queries import queries


def test_leaders_stand_by_rank_whenever_they_were_published(ledger, client):
    column_for(ledger, "leaders", "省局领导", "leaders")
    for name, rank in (("副职二", 3), ("正职", 1), ("副职一", 2)):
        ledger.article(
            "leaders", name, model=LeaderPage, post="职务", rank=rank,
            duties="<p>分管<b>群体</b>。</p><p>联系青少处。</p>",
        )  # fmt: skip
    soup = BeautifulSoup(client.get("/leaders/").content, "html.parser")
    cards = soup.select(".person")
    assert [card.h2.get_text() for card in cards] == ["正职", "副职一", "副职二"]
    # Words of two paragraphs do not run into each other.
    assert "分工：分管群体。 联系青少处。" in cards[0].get_text()
    assert cards[0].img is None and cards[0].select_one(".no-picture")
    # Whoever reads one of them goes on in the same order, not in that of publication.
    beside = BeautifulSoup(client.get(cards[1].a["href"]).content, "html.parser")
    around = [(a["rel"][0], a.get_text()) for a in beside.select(".neighbours a")]
    assert around == [("prev", "正职"), ("next", "副职二")]
    first = BeautifulSoup(client.get(cards[0].a["href"]).content, "html.parser")
    assert [a.get_text() for a in first.select(".neighbours a")] == ["副职一"]


def test_an_institution_without_contacts_shows_no_empty_block(ledger, client):
    column_for(ledger, "units", "机构设置", "institution")
    page = ledger.article("units", "新处", model=InstitutionPage, body=[("heading", "职能")])
    html = client.get(f"/units/{page.slug}/").content.decode()
    assert "职能" in html and 'class="files contact"' not in html
    few = len(queries(client, "/units/"))
    for number in range(8):
        ledger.article(
            "units", f"处{number}", model=InstitutionPage, phone="020-1", address="路", rank=number
        )
    assert len(queries(client, "/units/")) <= few
    assert client.get("/units/").content.decode().count("办公地址") == 8
