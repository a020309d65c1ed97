"""What `make screenshots` photographs: each picture's name, place, account and the steps to it.

Steps find things as a reader would: by role, label or text. The accounts are the demonstration's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

WIDE, PHONE = (1280, 860), (390, 844)


class NotThere(Exception):
    """What a step looks for is not on the page."""


@dataclass(frozen=True)
class Picture:
    """`name` is the file's; `title` tells people what it shows."""

    name: str
    title: str
    path: str
    account: str = ""
    steps: tuple[tuple[str, Callable], ...] = ()
    size: tuple[int, int] = WIDE
    dark: bool = False

    width = property(lambda self: self.size[0])
    height = property(lambda self: self.size[1])


# ---- steps ---------------------------------------------------------------------------------------
def first_link(column):
    """Open the newest text of a column."""

    def act(page):
        links = page.locator("main").get_by_role("link")
        pattern = re.compile(rf"{re.escape(column)}[a-z0-9-]+/$")
        for link in links.all():
            if pattern.search(link.get_attribute("href") or ""):
                link.click()
                page.wait_for_load_state()
                return
        raise NotThere(f"栏目 {column} 没有可打开的条目 / nothing to open")

    return (f"打开 {column} 的第一条 / open its first text", act)


def link(name):
    """Follow the link of that name (a part of it is enough)."""

    def act(page):
        page.locator("main").get_by_role("link", name=name).first.click()
        page.wait_for_load_state()

    return (f"点“{name}” / follow the link", act)


def new_page(column, page_type):
    """From the officer's home to the empty form of a page type in a column."""

    def act(page):
        page.get_by_role("link", name=f"在“{column}”新建").first.click()
        page.wait_for_load_state()
        choice = page.locator("main").get_by_role("link", name=page_type, exact=True)
        if choice.count():  # one page type only: core goes straight to its form
            choice.click()
        page.get_by_role("textbox", name="标题").wait_for()

    return (f"在“{column}”新建“{page_type}” / a new page", act)


def scroll_to(text):
    """Bring a heading or label to the top of the window."""

    def act(page):
        found = page.get_by_text(text, exact=True).first
        found.wait_for()
        found.evaluate("e => { e.scrollIntoView(); window.scrollBy(0, -90); }")
        page.wait_for_timeout(300)

    return (f"滚动到“{text}” / scroll to it", act)


def see(text):
    """The picture is worthless without this."""

    def act(page):
        page.locator("main").get_by_text(text).locator("visible=true").first.wait_for()

    return (f"看到“{text}” / see it", act)


def frame_loaded():
    """The review screen's frame with the text."""

    def act(page):
        page.frame_locator("iframe.review-text").locator("h1").wait_for()

    return ("审核页中的全文 / the text on the review screen", act)


def add_picture_block():
    """The block for a picture, opened in an empty form; nothing is saved."""

    def act(page):
        page.locator(".c-sf-add-button").first.click()
        page.get_by_role("option", name="图片", exact=True).click()
        field = page.get_by_label("替代文字").first
        field.wait_for()
        field.evaluate("e => { e.scrollIntoView({block: 'center'}); }")
        page.wait_for_timeout(500)

    return ("在正文中加一幅图片 / add a picture to the body", act)


# ---- pictures ------------------------------------------------------------------------------------
NEWS, POLICIES = "/xwzx/gdtyxw/", "/zwgk/zfxxgk/xxgkml/bmwj/"
OFFICER, RETURNED, REVIEWER = "qunti-xinxi", "qingshao-xinxi", "qunti-shenhe"
OFFICE, CENTRE, ADMIN = "bangongshi-1", "xinxizhongxin-1", "guanliyuan"

PUBLIC = [
    Picture("home", "首页", "/"),
    Picture("home-phone", "首页，手机", "/", size=PHONE),
    Picture("home-dark", "首页，深色", "/", dark=True),
    Picture("column", "栏目页", NEWS),
    Picture("article", "信息", NEWS, steps=(first_link(NEWS),)),
    Picture("article-phone", "信息，手机", NEWS, steps=(first_link(NEWS),), size=PHONE),
    Picture("policy", "政策文件", POLICIES, steps=(first_link(POLICIES),)),
    Picture("catalogue", "政府信息公开目录", "/zwgk/zfxxgk/xxgkml/"),
    Picture("search", "检索", "/search/?q=体育"),
]
ADMIN_SCREENS = [
    Picture("sign-in", "登录", "/admin/login/"),
    Picture("officer-home", "信息员的首页", "/admin/", OFFICER, (see("我的栏目"),)),
    Picture(
        "new-page", "选择页面类型", "/admin/", OFFICER, (link("在“群众体育”新建"), see("信息"))
    ),
    Picture("editor", "编辑页", "/admin/", OFFICER, (new_page("群众体育", "信息"),)),
    Picture(
        "picture-block",
        "正文中的图片与替代文字",
        "/admin/",
        OFFICER,
        (new_page("群众体育", "信息"), add_picture_block()),
    ),
    Picture("returned", "被退回的稿件", "/admin/", RETURNED, (see("已退回"),)),
    Picture(
        "returned-editor", "退回原因在编辑页", "/admin/", RETURNED, (link("【演示】"), see("退回"))
    ),
    Picture("reviewer-home", "审核人的首页", "/admin/", REVIEWER, (see("待我审核"),)),
    Picture("review-screen", "审核页", "/admin/", REVIEWER, (link("【演示】"), frame_loaded())),
    Picture(
        "review-decision",
        "审核意见：批准或退回",
        "/admin/",
        REVIEWER,
        (link("【演示】"), frame_loaded(), scroll_to("附件与图片")),
    ),
    Picture("office-home", "办公室的首页", "/admin/", OFFICE, (see("审核中的稿件"),)),
    Picture("centre-home", "信息中心的首页", "/admin/", CENTRE, (see("审核中的稿件"),)),
    Picture("review-queue", "待我审核", "/admin/review/", OFFICE, (see("我审核过的"),)),
    Picture("explorer", "页面列表", "/admin/pages/", OFFICER, ()),
    Picture("appointments", "任职", "/admin/appointments/", ADMIN, (see("信息员"),)),
    Picture("users", "用户", "/admin/users/", ADMIN, (see("演示"),)),
]
PICTURES = [*PUBLIC, *ADMIN_SCREENS]
