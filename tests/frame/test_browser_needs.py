"""`make test` on a machine without a browser says what to install."""

import os
import sys


def test_missing_browser_names_the_packages(frame):
    frame.fake("apt-get", "exit 100")
    code, text = frame.do(
        sys.executable,
        "scripts/run_tests.py",
        PATH=str(frame.folder / "fake-bin"),
        HOME=str(frame.folder),
    )
    assert code != 0
    assert "apt-get install --no-install-recommends chromium" in text
    assert "PORTAL_SKIP_BROWSER=1" in text
    assert "Traceback" not in text


def test_named_browser_is_taken(frame):
    ask = "import run_tests; print(run_tests.chromium())"
    code, text = frame.do(
        sys.executable, "-c", ask, PYTHONPATH="scripts", PORTAL_CHROMIUM=os.devnull
    )
    assert (code, text.strip()) == (0, os.devnull)
