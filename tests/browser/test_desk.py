"""The screens we add to the admin: for everyone, in Chinese, on a phone, by day and night."""

import re

import pytest

from tests.browser.test_axe import violations

#: Wagtail's own header and sidebar have findings of their own: our parts are looked at.
PARTS = {"home": ".review-panel", "queue": "main .nice-padding"}
PARTS["approved"] = PARTS["review"] = PARTS["columns"] = PARTS["queue"]
PARTS["handovers"] = PARTS["handover"] = PARTS["queue"]
AT_THE_OFFICE = "体育发展规划编制情况说明"
AT_THE_CENTRE, ITS_ADDRESS = "体育场馆照明维护服务采购结果公告", "yanshi-daishen-caigou-jieguo"
DESKS = {
    "qingshao-xinxi": ["home"],
    "qunti-shenhe": ["home", "queue"],
    "fenguan-2": ["home", "approved"],
    "bangongshi-1": ["home", "queue", "approved", "review", "columns"],
    "xinxizhongxin-1": ["home", "queue"],
    "zhuyao": ["home", "review"],
    "guanliyuan": ["home", "handovers", "handover"],
}
#: Names of accounts are Latin.
ACCOUNTS_IN = ("handovers",)
TOO_WIDE = """ours => [...document.querySelectorAll(`${ours}, ${ours} *`)]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => `${e.tagName} ${e.className}`)"""


def go(page, portal, place):
    """From anywhere to one of our screens, by its links."""
    below = {"home": "", "columns": "review/columns/"}.get(place, "review/")
    below = "review/handover/" if place.startswith("handover") else below
    page.goto(f"{portal.url}/admin/{below}")
    if place == "handover":
        page.get_by_role("link", name="演示·青少处信息员").click()
    if place == "approved":
        page.get_by_role("link", name="我审核过的").click()
    if place == "review":
        open_review(page, AT_THE_OFFICE)
    page.locator(PARTS[place]).first.wait_for()


def open_review(page, title):
    """From a list to the review screen, its text loaded."""
    page.get_by_role("link", name=title).first.click()
    page.frame_locator("iframe.review-text").locator("h1", has_text=title).wait_for()


@pytest.mark.parametrize("account", DESKS)
def test_a_desk_serves_everyone(portal, sign_in, account):
    page = sign_in(account)
    for place in DESKS[account]:
        go(page, portal, place)
        ours = PARTS[place]
        page.add_style_tag(content="* { transition: none !important }")
        text = "\n".join(page.locator(ours).all_inner_texts())
        assert re.search(r"[\u4e00-\u9fff]", text)
        assert place in ACCOUNTS_IN or re.findall(r"[A-Za-z]{3,}", text) == [], place
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page, ours) == [], f"{place}, {scheme}"
        page.set_viewport_size({"width": 375, "height": 800})
        assert page.evaluate(TOO_WIDE, ours) == [], f"{place} on a phone"
        page.set_viewport_size({"width": 1280, "height": 900})


def test_a_reviewer_on_a_phone_has_both_answers_at_hand(portal, sign_in):
    page = sign_in("bangongshi-1", width=375)
    open_review(page, AT_THE_OFFICE)
    for name in ("批准", "退回修改"):
        button = page.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 375
        assert box["height"] >= 24  # WCAG 2.2, target size


def test_a_link_in_the_text_never_takes_the_text_away(portal, sign_in):
    page = sign_in("bangongshi-1")
    open_review(page, AT_THE_OFFICE)
    text = page.frame_locator("iframe.review-text")
    assert text.get_by_role("banner").count() == 0  # the text alone, without the site around it
    link = "m => m.insertAdjacentHTML('beforeend', '<a href=/site-map/>链接</a>')"
    text.locator("main").evaluate(link)
    with page.expect_popup() as opened:
        text.get_by_role("link", name="链接").click()
    assert opened.value.url == f"{portal.url}/site-map/"
    assert AT_THE_OFFICE in text.locator("h1").inner_text()


def test_the_decision_is_on_the_screen_at_once(portal, sign_in):
    page = sign_in("bangongshi-1")
    open_review(page, AT_THE_OFFICE)
    for name in ("批准", "退回修改"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box["y"] + box["height"] <= 900
    page.mouse.wheel(0, 3000)
    assert page.get_by_role("button", name="批准").bounding_box()["y"] >= 0


def test_a_return_needs_its_reason(portal, sign_in):
    page = sign_in("bangongshi-1")
    open_review(page, AT_THE_OFFICE)
    page.get_by_role("button", name="退回修改").click()
    reason = page.get_by_label("退回原因")
    assert reason.evaluate("field => field.validity.valueMissing")
    page.reload()
    assert page.get_by_role("button", name="批准").is_visible()  # nothing was sent


def test_the_last_approval_alone_makes_it_public(portal, visit, sign_in):
    address = f"/zwgk/cgzb/{ITS_ADDRESS}/"
    assert visit(address).answer.status == 404
    assert AT_THE_CENTRE not in visit("/zwgk/cgzb/").locator("main").inner_text()
    page = sign_in("xinxizhongxin-1")
    open_review(page, AT_THE_CENTRE)
    page.get_by_role("button", name="批准").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="打开公开页面", exact=True).click()
    public = opened.value
    public.wait_for_load_state()
    assert public.url == portal.url + address
    assert AT_THE_CENTRE in public.locator("h1").inner_text()
    assert public.get_by_text("预览").count() == 0
    for path in ("/zwgk/cgzb/", "/"):
        page = visit(path)
        assert AT_THE_CENTRE in page.locator("main").inner_text()


def test_the_author_of_a_returned_text_reads_why_where_he_mends_it(portal, sign_in):
    page = sign_in("qingshao-xinxi")
    reason = "涉及未成年人个人信息，请删去"
    assert page.locator(".review-panel", has_text="我的稿件").get_by_text(reason).is_visible()
    page.get_by_role("link", name="校园足球体验活动举行").first.click()
    told = page.locator(".review-returned")
    assert reason in told.inner_text() and "青少处审核人" in told.inner_text()
    assert violations(page, ".review-returned") == []
    page.get_by_role("button", name="更多操作").click()
    assert page.get_by_role("button", name="重新提交给处室审核").is_visible()


def test_an_officer_counts_looks_and_copies(portal, sign_in):
    page = sign_in("qingshao-xinxi", width=1440)
    page.get_by_role("link", name="校园足球体验活动举行").first.click()
    counted = page.locator(".portal-count")
    before = int(re.search(r"\d+", counted.inner_text())[0])
    editor = page.locator(".Draftail-Editor [contenteditable=true]").last
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("新增四字，Word 2026。", delay=10)  # four characters, a word, a number
    expected = re.compile(rf"\b{before + 6} 字")
    page.locator(".portal-count", has_text=expected).wait_for()
    page.get_by_role("button", name="预览", exact=False).first.click()
    frame = page.frame_locator("#w-preview-iframe")
    for label, width in (("桌面预览", 1280), ("手机预览", 375)):
        # Not before the panel has slid in: a click would miss what is on its way.
        frame.locator("h1", has_text="校园足球体验活动举行").wait_for()
        page.get_by_label(label).check(force=True)
        page.wait_for_function(
            "width => document.querySelector('#w-preview-iframe').offsetWidth === width", arg=width
        )
    save_draft = page.get_by_role("button", name="保存草稿")
    save_draft.click()
    page.locator(".messages .success").first.wait_for()
    page.locator("header .w-dropdown__toggle").first.click()
    page.get_by_role("link", name="复制为新草稿").click()
    page.locator(".messages .success", has_text="已复制为新草稿").wait_for()
    assert "（副本）" in page.get_by_role("textbox", name="标题").input_value()
