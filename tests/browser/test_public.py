"""Public pages in a real browser: sound, at every width, without script, on paper."""

import pytest

from tests.browser.pages import FRAMES, KINDS, path_of

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
    for view in ("elder", "plain"):
        page.evaluate("view => { document.documentElement.dataset.view = view }", view)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(TOO_WIDE) == [], f"{view}, {width}"
    page.evaluate("document.documentElement.dataset.view = 'normal'")
    page.evaluate("document.documentElement.style.fontSize = '200%'")  # letters alone
    assert page.evaluate(TOO_WIDE) == [], "letters of double size"
    complaints = [c for c in page.complaints if "404" not in c or expected != 404]
    assert complaints == []
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang").startswith("zh")
    assert page.title().strip()


@pytest.mark.parametrize("kind", FRAMES)
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


@pytest.mark.parametrize("kind", FRAMES)
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


SIZE = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"


@pytest.mark.parametrize("script", [True, False])
def test_larger_text_is_remembered(portal, visit, script):
    page = visit(path_of(portal, "article"), java_script_enabled=script)
    here, before = page.url, page.evaluate(SIZE)
    page.get_by_role("group", name="字体大小").get_by_role("link", name="大").click()
    assert page.url == here
    assert page.evaluate(SIZE) > before
    page.reload()
    assert page.evaluate(SIZE) > before
    assert page.get_by_role("link", name="大").get_attribute("aria-current") == "true"


def test_the_line_guide_follows_pointer_and_focus(portal, visit):
    page = visit(path_of(portal, "article"))
    page.get_by_role("button", name="无障碍工具条").click()
    page.get_by_role("button", name="辅助线").click()
    middle = (
        "(() => { const b = document.querySelector('.guide').getBoundingClientRect();"
        " return (b.top + b.bottom) / 2 })()"
    )
    for y in (300, 620):
        page.mouse.move(400, y)
        assert abs(page.evaluate(middle) - y) <= 2
    page.reload()
    assert page.locator(".guide").is_visible()  # remembered
    page.get_by_role("link", name="打印").or_(page.get_by_text("分享/扫码")).first.focus()
    box = page.get_by_text("分享/扫码").bounding_box()
    assert abs(page.evaluate(middle) - box["y"] - box["height"] / 2) <= box["height"]
    page.get_by_role("button", name="辅助线").click()
    assert page.locator(".guide").count() == 0


def test_leaving_the_site_is_asked_first(portal, visit):
    page = visit(path_of(portal, "article"))
    page.context.route("https://example.org/**", lambda route: route.fulfill(body="elsewhere"))
    page.evaluate("""document.querySelector('.prose').insertAdjacentHTML('beforeend',
        '<p><a href="https://example.org/a/" rel="external noopener">另一网站</a></p>')""")
    question = page.get_by_role("dialog", name="门户网站，是否继续")
    here = page.url
    page.get_by_role("link", name="另一网站").click()
    assert question.is_visible() and "https://example.org/a/" in question.inner_text()
    question.get_by_role("button", name="放弃").click()
    assert not question.is_visible() and page.url == here
    page.get_by_role("link", name="另一网站").press("Enter")
    page.keyboard.press("Escape")
    assert not question.is_visible()
    page.get_by_role("link", name="另一网站").click()
    with page.expect_popup() as opened:
        question.get_by_role("link", name="继续访问").click()
    assert opened.value.url == "https://example.org/a/"
    assert page.url == here and not question.is_visible()


def test_the_code_is_drawn_only_when_asked_for(portal, visit):
    page = visit(path_of(portal, "article"))
    image = page.locator(".share img")
    assert image.evaluate("image => image.naturalWidth") == 0  # costs nothing until then
    page.get_by_text("分享/扫码").click()
    # Not wait_for_function: it polls by eval(), which the site's own policy forbids.
    drawn = image.evaluate("async image => { await image.decode(); return image.naturalWidth }")
    assert drawn > 0
    assert page.url in page.locator(".share-address").inner_text()
    assert page.complaints == []


def test_a_browser_without_a_chinese_voice_says_so(portal, visit):
    page = visit(path_of(portal, "article"))
    page.get_by_role("button", name="朗读正文").first.click()
    page.get_by_role("status").filter(has_text="没有中文语音").wait_for()
