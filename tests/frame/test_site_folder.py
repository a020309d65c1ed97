"""`site/` is a folder: as a package it would fight with the standard library's `site`."""

import sys

from tests.frame.conftest import ROOT

ASK = "import sys, lint; sys.exit(not lint.site_is_a_folder())"


def test_this_tree_has_no_site_package():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_lint_refuses_a_site_package(frame):
    assert frame.do(sys.executable, "-c", ASK, PYTHONPATH="scripts")[0] == 0
    (frame.folder / "site/__init__.py").touch()
    code, text = frame.do(sys.executable, "-c", ASK, PYTHONPATH="scripts")
    assert code == 1
    assert "site/__init__.py" in text
