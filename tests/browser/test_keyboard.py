"""Public pages by keyboard alone."""

import pytest

from tests.browser.pages import FRAMES, path_of

#: Where the focus is, and whether one sees it.
STOP = """() => { const e = document.activeElement, r = e.getBoundingClientRect(),
    s = getComputedStyle(e);
    return {text: (e.innerText || e.name || '').trim(), path: e.pathname || '',
        in_main: !!e.closest('main'), search: e.name === 'q',
        marked: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
        on_screen: e.checkVisibility() && r.width > 0 && r.top >= 0 && r.bottom <= innerHeight + 1};
}"""


def stops(page, number):
    """The next stops of the Tab key, one by one; every one is seen and marked."""
    for _ in range(number):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop["marked"] and stop["on_screen"], stop
        yield stop


@pytest.mark.parametrize("kind", FRAMES)
def test_the_first_stop_leads_past_the_menu(portal, visit, kind):
    page = visit(path_of(portal, kind))
    seen = list(stops(page, 5))
    assert seen[0]["text"] == "跳到正文"
    page.reload()
    next(stops(page, 1))
    page.keyboard.press("Enter")
    assert next(stops(page, 1))["in_main"]


def test_searching(portal, visit):
    page = visit("/")
    next(stops(page, 1))
    page.keyboard.press("Enter")  # past the menu with all its columns
    assert any(stop["search"] for stop in stops(page, 3))
    page.keyboard.type("政务公开")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert "政务公开" in page.locator("main").inner_text()


def test_from_the_home_page_to_an_article(portal, visit):
    page = visit("/")  # not past the menu: every stop of it is seen
    article = next(s for s in stops(page, 100) if s["in_main"] and "【演示】" in s["text"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{article['path']}")
    assert page.locator("h1").inner_text() == article["text"]


def test_the_tool_bar(portal, visit):
    def tab_to(text):
        return next(stop for stop in stops(page, 40) if stop["text"] == text)

    def chosen(name):
        return page.locator("html").get_attribute(f"data-{name}")

    page = visit("/xwzx/gdtyxw/")
    tab_to("无障碍工具条")
    page.keyboard.press("Enter")
    assert page.evaluate("!!document.activeElement.closest('#tool-bar')")
    tab_to("大")
    page.keyboard.press("Space")
    tab_to("黑底黄字")
    page.keyboard.press("Enter")
    assert (chosen("size"), chosen("contrast")) == ("large", "black")
    page.keyboard.press("Escape")
    assert not page.get_by_role("region", name="无障碍工具条").is_visible()
    assert page.evaluate(STOP)["text"] == "无障碍工具条"  # where one came from
    page.goto(f"{portal.url}/")
    assert (chosen("size"), chosen("contrast")) == ("large", "black")  # everywhere, and it stays
    tab_to("无障碍工具条")
    page.keyboard.press("Enter")
    tab_to("恢复原样")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal.url}/")
    assert (chosen("size"), chosen("contrast")) == ("medium", "normal")


def test_the_pictures_of_a_story(portal, visit):
    page = visit(path_of(portal, "picture story"))
    strip = page.get_by_role("navigation", name="逐张查看图片").get_by_role("link")
    last = strip.last.get_attribute("href")
    assert strip.count() >= 3
    strip.first.focus()
    for _ in range(strip.count() - 1):
        next(stops(page, 1))
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == last
    assert page.locator(last).evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")  # on to what enlarges this very picture
    assert page.locator(last).evaluate("e => e.contains(document.activeElement)")
