"""axe-core finds nothing on any public page, light and dark. The admin: `test_desk.py`."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import KINDS, path_of

AXE = Axe()


def violations(page, within=None):
    """What axe finds, in short lines."""
    found = AXE.run(page, context=within).response["violations"]
    return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.mark.parametrize("kind", KINDS)
def test_public_pages(portal, visit, kind):
    page = visit(path_of(portal, kind))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
