"""A newcomer's story in the browser: from the officer's first word to the public page."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.prepared import manage

TITLE = "【演示】浏览器里的一条信息"
COLUMN = "青少年体育"
CHAIN = ["qingshao-shenhe", "fenguan-2", "bangongshi-1", "xinxizhongxin-1"]


def write_article(page, title, text):
    """From the admin's home: a new article in a column, saved as a draft."""
    page.get_by_role("link", name=f"在“{COLUMN}”新建").click()
    page.wait_for_load_state()
    choice = page.get_by_role("link", name="信息", exact=True)
    if choice.count():  # one page type only: core goes straight to its form
        choice.click()
    page.get_by_role("textbox", name="标题").fill(title)
    page.get_by_role("textbox", name="摘要").fill("浏览器测试写的摘要")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="正文").click()
    editor = page.locator(".Draftail-Editor [contenteditable=true]").first
    editor.click()
    editor.press_sequentially(text, delay=20)
    assert text in editor.inner_text()
    page.wait_for_timeout(600)  # Draftail hands its text to the form a moment after the last key
    save(page)


def save(page):
    """Save the draft, and see that it was saved."""
    page.get_by_role("button", name="保存草稿").click()
    page.locator(".messages .success").first.wait_for()


def submit(page):
    """The secrecy declaration, then the editor's own button, behind "more" beside "save draft"."""
    page.locator("input[name=secrecy-reviewer]").fill("演示保密审查人")
    page.locator("input[name=secrecy-done]").check()
    page.locator("footer").get_by_role("button", name="更多操作").click()
    page.locator("button[name=action-submit], button[name=action-restart-workflow]").first.click()
    page.locator(".messages .success", has_text="提交").first.wait_for()


def approve(page, title, comment=""):
    """From the admin's home: open what waits, read it, approve."""
    page.get_by_role("link", name=title).first.click()
    reading = page.frame_locator("iframe.review-text")
    reading.locator("h1").wait_for()
    assert title in reading.locator("h1").inner_text()
    page.get_by_role("button", name="批准").click()
    page.get_by_text("已批准").first.wait_for()


def public(visit, title):
    """The text of the column's public page."""
    return visit("/tyyw/qsnty/").locator("main").inner_text()


def go_live_in_two_hours(page):
    """The date of publication, in the editor's tab of settings."""
    due = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=2)
    page.get_by_role("tab", name="设置").click()
    field = page.locator("input[name=go_live_at]")
    field.fill(f"{due:%Y-%m-%d %H:%M}")
    field.press("Escape")


#: The clock of the served portal cannot be moved: what is due is asked as of a later moment.
LATER = """
from datetime import timedelta
from django.utils import timezone
from page_types.publication.schedule import carry_out_due
print(carry_out_due(timezone.now() + timedelta(hours=3)))
"""


def test_one_text_returned_once_approved_by_all_scheduled_published_and_confirmed(
    portal, visit, sign_in
):
    reason = "请补充活动的时间和地点"
    officer = sign_in("qingshao-xinxi")
    write_article(officer, TITLE, "全文第一句由浏览器写下。")
    go_live_in_two_hours(officer)
    save(officer)
    submit(officer)
    reviewer = sign_in(CHAIN[0])
    reviewer.get_by_role("link", name=TITLE).first.click()
    reviewer.get_by_role("button", name="退回修改").click()  # the reason is obligatory
    reviewer.get_by_label("退回原因").fill(reason)
    reviewer.get_by_role("button", name="退回修改").click()
    reviewer.get_by_text("已退回").first.wait_for()
    officer.goto(f"{portal.url}/admin/")
    assert reason in officer.locator("main").inner_text()
    officer.get_by_role("link", name=TITLE).first.click()
    officer.get_by_role("textbox", name="摘要").fill("补充了时间和地点的摘要")
    save(officer)
    submit(officer)
    for account in CHAIN:
        assert TITLE not in public(visit, TITLE)
        approve(sign_in(account), TITLE)
    # Approved by everybody, it waits for its time.
    assert TITLE not in public(visit, TITLE)
    officer.goto(f"{portal.url}/admin/review/scheduled/")
    assert TITLE in officer.locator("main").inner_text()
    code, told = manage(portal.var, "shell", "-c", LATER)
    assert code == 0 and "(1, 0)" in told, told
    page = visit("/tyyw/qsnty/")
    page.get_by_role("link", name=TITLE).click()
    assert page.locator("h1").inner_text() == TITLE
    assert "全文第一句由浏览器写下。" in page.locator("article").inner_text()
    assert "青少处" in page.locator("article").inner_text()
    found = visit("/search/?q=浏览器里的一条信息")
    assert TITLE in found.locator("main").inner_text(), "the next search has what was published"
    confirm(portal, sign_in(CHAIN[-1]))


def confirm(portal, publisher):
    """The last approver counts as the publisher: he opens the live page and confirms it."""
    code, told = manage(portal.var, "run_scheduler")
    assert code == 0, told
    publisher.goto(f"{portal.url}/admin/")
    publisher.get_by_role("link", name=f"您发布的“{TITLE}”须打开公开页面核对").click()
    publisher.get_by_role("button", name="确认无误").click()
    publisher.get_by_text("请先打开公开页面").first.wait_for()
    check = publisher.url
    with publisher.context.expect_page() as opened:
        publisher.get_by_role("link", name="打开公开页面", exact=True).click()
    assert TITLE in opened.value.locator("h1").inner_text()
    publisher.goto(check)
    publisher.get_by_role("button", name="确认无误").click()
    publisher.goto(f"{portal.url}/admin/")
    assert f"您发布的“{TITLE}”" not in publisher.locator("main").inner_text()


def test_reviewing_works_without_script_and_on_a_phone(portal, sign_in):
    page = sign_in("qunti-shenhe", width=375)
    link = page.get_by_role("link", name=re.compile("健身步道使用提示")).first
    address = link.get_attribute("href")
    page.goto(portal.url + address)
    button = page.get_by_role("button", name="批准")
    button.scroll_into_view_if_needed()
    assert button.is_visible()
    box = button.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 375
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("account", ["fenguan-2"])
def test_approving_works_without_script(portal, browser, sign_in, account):
    with_script = sign_in(account)
    address = with_script.get_by_role("link", name="【演示】").first.get_attribute("href")
    context = browser.new_context(
        java_script_enabled=False, storage_state=with_script.context.storage_state()
    )
    page = context.new_page()
    page.goto(portal.url + address)
    page.get_by_role("button", name="批准").click()
    assert "已批准" in page.content()
    context.close()
