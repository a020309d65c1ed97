"""Public pages in a real browser: sound, at every width, without script, on paper."""

import pytest

from tests.browser.pages import KINDS, path_of

WIDTHS = [320, 375, 640, 768, 1280]  # 640 is 1280 at 200 % zoom
#: What makes a page scroll sideways; nothing if it does not.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => `${e.tagName} ${e.className}`).slice(0, 5).concat('wide')"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_sound_at_every_width(portal, visit, kind):
    page = visit(path_of(portal, kind))
    expected = 404 if kind == "missing" else 200
    assert page.answer.status == expected
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TOO_WIDE) == [], width
    page.evaluate("document.documentElement.style.fontSize = '200%'")  # letters alone
    assert page.evaluate(TOO_WIDE) == [], "letters of double size"
    complaints = [c for c in page.complaints if "404" not in c or expected != 404]
    assert complaints == []
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang").startswith("zh")
    assert page.title().strip()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_works_without_script(portal, visit, kind):
    page = visit(path_of(portal, kind), java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert page.get_by_role("link", name="网站地图").first.is_visible()
    assert page.locator("main").inner_text().strip()


def test_a_citizen_without_script_finds_the_plan_and_its_interpretation(portal, visit):
    page = visit("/", java_script_enabled=False)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="政务公开").click()
    for name in ("政府信息公开", "政府信息公开目录", "部门文件"):
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
        assert page.locator("h1").inner_text() == name
    plan = "广东省体育局关于做好2016年政务公开工作的实施方案"
    page.get_by_role("link", name=plan).click()
    assert page.locator("h1").inner_text() == plan
    assert "局门户网站原结构图" in page.get_by_role("article").inner_text()
    page.get_by_role("article").get_by_role("link", name=f"《{plan}》解读").click()
    assert page.locator("h1").inner_text().endswith("解读")
    page.get_by_role("article").get_by_role("link", name=plan).first.click()
    assert page.locator("h1").inner_text() == plan


@pytest.mark.parametrize("kind", KINDS)
def test_paper_bears_the_text_alone(portal, visit, kind):
    page = visit(path_of(portal, kind), color_scheme="dark")
    page.emulate_media(media="print")
    shown = page.get_by_role("navigation").filter(visible=True)
    below = page.get_by_role("navigation", name="下级栏目")  # of a group it is the text
    assert shown.count() == below.filter(visible=True).count()
    assert page.get_by_role("search").filter(visible=True).count() == 0
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert kind not in ("article", "policy") or page.get_by_text("本页网址").is_visible()


def test_larger_text_is_remembered(portal, visit):
    page = visit(path_of(portal, "article"))
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="大", exact=True).click()
    assert page.evaluate(size) > before
    page.reload()
    assert page.evaluate(size) > before
