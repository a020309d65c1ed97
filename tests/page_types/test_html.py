"""HTML of every page type and list: a strict parser finds no error, nor do our own eyes."""

from itertools import pairwise

import html5lib
import pytest
from bs4 import BeautifulSoup

from tests.page_types.samples import everything

PAGES = everything()


def page(client, path):
    """What a visitor gets at an address."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def mistakes(html):
    """What html5lib does not look for, in words."""
    soup = BeautifulSoup(html, "html5lib")
    ids = [tag["id"] for tag in soup.select("[id]")]
    yield from (f"id twice: {name}" for name in set(ids) if ids.count(name) > 1)
    for tag in soup.select("[aria-labelledby], [aria-describedby], [aria-controls], label[for]"):
        names = " ".join(
            tag.get(name, "")
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
        )
        yield from (f"no element with id {name}" for name in names.split() if name not in ids)
    for tag in soup.select("main a[href^='#']"):
        if tag["href"][1:] not in ids:
            yield f"link to nothing: {tag['href']}"
    labelled = {tag["for"] for tag in soup.select("label[for]")}
    for tag in soup.select("input, select, textarea"):
        named = tag.get("id") in labelled or tag.get("aria-label") or tag.find_parent("label")
        if not named and tag.get("type") not in ("hidden", "submit"):
            yield f"field without a name: {tag}"
    yield from (f"picture without alt: {tag}" for tag in soup.select("img:not([alt])"))
    yield from (f"link without words: {tag}" for tag in soup.select("a[href]")
                if not tag.get_text(strip=True) and not tag.select("img[alt]:not([alt=''])")
                and not tag.get("aria-label"))  # fmt: skip
    levels = [int(tag.name[1]) for tag in soup.select("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"not one h1 at the top: {levels}"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"heading skips a level: {levels}"
    for tag in soup.select("[style], [onclick], style, script:not([src]):not([type])"):
        yield f"refused by the content security policy: {str(tag)[:80]}"


@pytest.mark.parametrize("name", PAGES)
def test_no_error_of_syntax_and_no_broken_reference(ledger, client, name):
    html = page(client, PAGES[name](ledger))
    html5lib.HTMLParser(strict=True).parse(html)
    assert list(mistakes(html)) == []


def test_the_checks_find_what_they_look_for():
    wrong = (
        '<h1>a</h1><h3 id="x" style="color:red">b</h3><p id="x" aria-labelledby="none"></p>'
        '<img src="a"><input name="q"><main><a href="#nowhere">c</a></main><a href="/"></a>'
    )
    assert len(list(mistakes(wrong))) == 8
