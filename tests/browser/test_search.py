"""The search in a browser: suggestions, results, facets, pages, by keyboard and on a phone."""

from urllib.parse import quote

from tests.browser.test_axe import violations


def search(text):
    return f"/search/?q={quote(text)}"


def option_texts(page):
    return [each.split("\n")[0] for each in page.get_by_role("option").all_inner_texts()]


def test_suggestions_by_keyboard(portal, visit):
    page = visit("/xwzx/gdtyxw/")
    box = page.locator("form.search input[type=search]").first
    box.focus()
    page.wait_for_selector("form.search [role=combobox]")
    box.press_sequentially("tyyw")
    page.get_by_role("option").first.wait_for()
    assert "体育业务" in option_texts(page)
    assert box.get_attribute("aria-expanded") == "true"
    assert "建议" in page.locator("form.search [role=status]").inner_text()
    assert violations(page, within="form.search") == []
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")  # back in the box, where nothing is chosen
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "tyyw"
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tyyw/")
    assert page.complaints == []


def test_facets_pages_and_back_again(portal, visit):
    page = visit(search("体育"))
    found = int(page.locator("#found").inner_text().split()[0])
    kinds = page.locator(".facet", has=page.get_by_role("heading", name="类型"))
    kinds.get_by_role("link", name="信息").click()
    chosen = page.get_by_role("link", name="去掉条件：类型 信息")
    assert int(page.locator("#found").inner_text().split()[0]) < found
    chosen.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "kind=" not in url)
    assert int(page.locator("#found").inner_text().split()[0]) == found
    seen = page.locator(".hit-title a").count()
    while page.locator(".pager [rel=next]").count():
        page.locator(".pager [rel=next]").click()
        seen += page.locator(".hit-title a").count()
    assert seen == found
    assert page.complaints == []


def test_without_scripts_on_a_phone(portal, visit):
    page = visit("/", width=320, java_script_enabled=False)
    page.locator("form.search input[type=search]").first.fill("“政务公开”")
    page.keyboard.press("Enter")
    assert page.locator(".hit mark").first.inner_text() == "政务公开"
    page.get_by_text("筛选结果").click()
    page.get_by_label("从").fill("2030-01-01")
    page.get_by_role("button", name="应用日期").click()
    assert "没有找到" in page.locator("main").inner_text()
    assert page.get_by_role("link", name="网上依申请公开").first.is_visible()


def test_every_part_of_the_page_reads_well(portal, visit):
    for path in (search("体育") + "&kind=article&sort=date", search("量子纠缠龘"), "/search/"):
        page = visit(path)
        assert violations(page) == [], path
        page.set_viewport_size({"width": 320, "height": 900})
        page.emulate_media(color_scheme="dark")
        page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        looks = ["color-contrast", "link-in-text-block", "target-size"]
        rules = {"runOnly": looks, "rules": {"target-size": {"enabled": True}}}
        assert violations(page, options=rules) == [], path
