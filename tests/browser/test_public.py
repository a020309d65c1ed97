"""Public pages in a real browser: sound, narrow, without script, by keyboard, on paper."""

import pytest

from tests.browser.pages import KINDS, path_of

WIDTHS = [320, 375, 640, 1280]  # 640 is 1280 at 200 % zoom


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_sound_at_every_width(portal, visit, kind):
    path = path_of(portal, kind)
    for width in WIDTHS:
        page = visit(path, width)
        expected = 404 if kind == "missing" else 200
        assert page.answer.status == expected
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} wide in a window of {width}"
        complaints = [c for c in page.complaints if "404" not in c or expected != 404]
        assert complaints == []
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang").startswith("zh")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_works_without_script(portal, visit, kind):
    page = visit(path_of(portal, kind), java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert page.get_by_role("link", name="网站地图").first.is_visible()
    assert page.locator("main").inner_text().strip()


def test_menus_open_columns_without_script(portal, visit):
    page = visit("/", java_script_enabled=False)
    page.get_by_role("navigation").get_by_role("link", name="新闻中心").first.click()
    assert page.locator("h1").inner_text() == "新闻中心"
    page.get_by_role("main").get_by_role("link", name="广东体育新闻").first.click()
    assert page.locator("h1").inner_text() == "广东体育新闻"


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_stops_of_the_keyboard_are_visible(portal, visit, kind):
    page = visit(path_of(portal, kind))
    for stop in range(5):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return {text: e.innerText || e.name || '', outline: s.outlineStyle,
                    width: parseFloat(s.outlineWidth), shadow: s.boxShadow}; }"""
        )
        seen = (focused["outline"] != "none" and focused["width"] >= 2) or (
            focused["shadow"] != "none"
        )
        assert seen, f"stop {stop + 1}: {focused}"
        if stop == 0 and kind != "missing":
            assert "跳" in focused["text"], "the first stop leads past the menu"


def test_the_skip_link_leads_to_the_text(portal, visit):
    page = visit(path_of(portal, "article"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_searching_by_keyboard_alone(portal, visit):
    page = visit("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the menu with all its columns
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("政务公开")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert "政务公开" in page.locator("main").inner_text()


def test_reaching_an_article_by_keyboard_alone(portal, visit):
    page = visit("/xwzx/gdtyxw/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "【演示】" in page.evaluate("document.activeElement.innerText || ''"):
            break
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.locator("h1").inner_text().startswith("【演示】")


def test_on_paper_there_is_no_menu_but_the_address(portal, visit):
    page = visit(path_of(portal, "article"))
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    assert not page.get_by_role("search").first.is_visible()
    assert page.get_by_text("本页网址").is_visible()
    assert page.locator("h1").is_visible()


def test_larger_text_is_remembered(portal, visit):
    page = visit(path_of(portal, "article"))
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="大", exact=True).click()
    assert page.evaluate(size) > before
    page.reload()
    assert page.evaluate(size) > before
