"""What readers ask beyond sound pages: zoom, large letters, paper, no mouse, no script."""

import pytest

from tests.browser.pages import KINDS, path_of

FOCUSED = "document.activeElement.innerText || ''"
WIDE = """[document.documentElement.scrollWidth, ...document.querySelectorAll('main, main *')]
    .slice(0, 1).concat([...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility())
    .slice(0, 3).map(e => e.tagName + '.' + e.className))"""


def too_wide(page):
    """What makes a page scroll sideways; nothing if it does not."""
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return page.evaluate(WIDE)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_when_enlarged(portal, visit, kind):
    zoomed = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
    page = visit(path_of(portal, kind), **zoomed)  # 1280 pixels at 200 %
    assert too_wide(page) == []
    for width in (1280, 768, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], width
        page.evaluate("document.documentElement.style.fontSize = '200%'")  # letters only
        assert too_wide(page) == [], f"{width}, letters of double size"
        page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_stop_leads_to_the_text(portal, visit, kind):
    page = visit(path_of(portal, kind))
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "跳到正文"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


@pytest.mark.parametrize("kind", KINDS)
def test_paper_bears_the_text_alone(portal, visit, kind):
    page = visit(path_of(portal, kind))
    page.emulate_media(media="print")
    shown = page.get_by_role("navigation").filter(visible=True)
    below = page.get_by_role("navigation", name="下级栏目")  # of a group it is the text
    assert shown.count() == below.filter(visible=True).count()
    assert page.get_by_role("search").filter(visible=True).count() == 0
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_from_the_home_page_to_news_by_keyboard_alone(portal, visit):
    page = visit("/")
    for _ in range(100):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement, r = e.getBoundingClientRect();
            return {tag: e.tagName, text: e.innerText, shown: e.checkVisibility() && r.width > 0 &&
                    r.top >= 0 && r.bottom <= innerHeight + 1,
                    inMain: !!e.closest('main'), path: e.pathname || ''}; }"""
        )
        assert stop["shown"], f"focus on something that is not seen: {stop}"
        if stop["inMain"] and "【演示】" in stop["text"]:
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{stop['path']}")
    assert page.locator("h1").inner_text() == stop["text"].strip()


def test_a_citizen_without_script_finds_the_plan_and_its_interpretation(portal, visit):
    page = visit("/", java_script_enabled=False)
    for name in ("政务公开", "政府信息公开", "政府信息公开目录", "部门文件"):
        page.get_by_role("main").or_(page.get_by_role("navigation", name="主导航")).get_by_role(
            "link", name=name, exact=True
        ).filter(visible=True).first.click()
        assert page.locator("h1").inner_text() == name
    plan = "广东省体育局关于做好2016年政务公开工作的实施方案"
    page.get_by_role("link", name=plan).click()
    assert page.locator("h1").inner_text() == plan
    assert "局门户网站原结构图" in page.get_by_role("article").inner_text()
    page.get_by_role("link", name="解读", exact=False).last.click()
    assert page.locator("h1").inner_text().endswith("解读")
    page.get_by_role("article").get_by_role("link", name=plan).first.click()
    assert page.locator("h1").inner_text() == plan
