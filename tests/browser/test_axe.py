"""axe-core finds nothing on any public page, light and dark, nor on the screens we add."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import KINDS, path_of

AXE = Axe()


def violations(page, within=None):
    """What axe finds, in short lines."""
    found = AXE.run(page, context=within).response["violations"]
    return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_public_pages(portal, visit, kind, scheme):
    page = visit(path_of(portal, kind), color_scheme=scheme)
    assert violations(page) == []


#: Wagtail's own header and sidebar have findings of their own: our parts are looked at.
OURS = [
    ("qingshao-xinxi", "/admin/", ".review-panel"),
    ("qunti-shenhe", "/admin/", ".review-panel"),
    ("bangongshi-1", "/admin/", ".review-panel"),
    ("xinxizhongxin-1", "/admin/", ".review-panel"),
    ("qunti-shenhe", "/admin/review/", "main .nice-padding"),
]


@pytest.mark.parametrize(("account", "path", "ours"), OURS)
def test_admin_screens_of_ours(portal, sign_in, account, path, ours):
    page = sign_in(account)
    page.goto(portal.url + path)
    assert page.locator(ours).count()
    for part in ours.split(", "):
        if page.locator(part).count():
            assert violations(page, part) == []


def test_the_review_screen(portal, sign_in):
    page = sign_in("qunti-shenhe")
    page.get_by_role("link", name="健身步道使用提示").click()
    page.get_by_role("button", name="批准").wait_for()
    assert violations(page, "main .nice-padding") == []
