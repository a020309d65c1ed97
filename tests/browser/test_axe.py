"""axe-core finds nothing on any public page, in any mode. The admin: `test_desk.py`."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import KINDS, path_of

AXE = Axe()
#: The document is the same in every mode: beyond the first, what a style sheet can spoil.
ALL = None
LOOKS = {
    "runOnly": [
        "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable",
    ],
    "rules": {"target-size": {"enabled": True}},
}  # fmt: skip
#: mode -> (preferences as on `<html>`, width of the window, system's scheme, rules)
MODES = {
    "light": ({}, 1280, "light", ALL),
    "dark, 320 px": ({}, 320, "dark", LOOKS),
    "contrast": ({"contrast": "black"}, 1280, "light", LOOKS),
    "elder": ({"view": "elder"}, 1280, "light", LOOKS),
}
#: Made of the same parts on every page: looked at on two.
MORE_MODES = {
    "plain text": ({"view": "plain"}, 1280, "dark", LOOKS),
    "high contrast": ({"contrast": "high"}, 1280, "dark", LOOKS),
    "yellow on blue": ({"contrast": "blue"}, 320, "light", LOOKS),
}
SWITCH = """chosen => Object.assign(document.documentElement.dataset,
    {contrast: "normal", view: "normal"}, chosen)"""


def violations(page, within=None, options=None):
    """What axe finds, in short lines."""
    found = AXE.run(page, context=within, options=options).response["violations"]
    return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.mark.parametrize("kind", KINDS)
def test_public_pages(portal, visit, kind):
    page = visit(path_of(portal, kind))
    if kind == "home":  # the bar is the same on every page
        page.get_by_role("button", name="无障碍工具条").click()
    modes = MODES | (MORE_MODES if kind in ("home", "article") else {})
    for mode, (chosen, width, scheme, rules) in modes.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SWITCH, chosen)
        assert violations(page, options=rules) == [], mode
