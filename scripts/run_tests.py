"""`make test`: the whole suite in shuffled order, the browser included, with a floor of coverage.

PYTEST_ARGS="tests/frame -k port" runs only that, without coverage. PORTAL_CHROMIUM names another
browser; PORTAL_SKIP_BROWSER=1 leaves its tests out, and says so.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from machine import ROOT, apt_install
from saying import guarded, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FONT_FILES = ("**/*[Cc][Jj][Kk]*", "**/wqy-*", "**/*[Ss]ource[Hh]an*")
NO_TESTS = 5


def chromium():
    """Path of a browser, or nothing."""
    named = os.environ.get("PORTAL_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def has_chinese_font():
    """Without one every screenshot shows boxes."""
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True)
        return bool(listed.stdout.strip())
    folders = [Path("/usr/share/fonts"), Path.home() / ".fonts", Path.home() / ".local/share/fonts"]
    return any(next(folder.glob(name), None) for folder in folders for name in FONT_FILES)


def need_browser():
    """Chromium and a Chinese font, installed when we may."""
    missing = [] if chromium() else ["chromium"]
    missing += [] if has_chinese_font() else ["fonts-wqy-microhei"]
    if missing:
        apt_install(
            missing,
            "浏览器测试缺少 Chromium 或中文字体（不做浏览器测试：PORTAL_SKIP_BROWSER=1 make test）",
            "Browser tests lack Chromium or a Chinese font (PORTAL_SKIP_BROWSER=1 goes without)",
        )
    return chromium()


def run(*arguments):
    """One pytest or coverage command in this environment."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, env=env).returncode


def main():
    skip_browser = os.environ.get("PORTAL_SKIP_BROWSER") == "1"
    if not skip_browser:
        os.environ["PORTAL_CHROMIUM"] = need_browser()
    chosen = shlex.split(os.environ.get("PYTEST_ARGS", ""))
    if chosen:
        return run("pytest", *chosen)

    (ROOT / "var" / "coverage").mkdir(parents=True, exist_ok=True)
    cover = ["--cov", "--cov-report=", "--cov-fail-under=0"]
    with tempfile.TemporaryDirectory(prefix="portal-tests-") as shared:
        os.environ["PORTAL_TEST_SHARED"] = shared
        failed = both_halves(cover, skip_browser)
    floor = run("coverage", "report")
    if floor:
        say("测试覆盖率低于下限 / coverage is below the floor")
    return failed or floor


def both_halves(cover, skip_browser):
    """The suite without a browser, then the browser's tests: the exit code of what failed."""
    # A file at a time: what its tests share (`tests/once.py`) is then made once, not twice.
    ordinary = "not browser and not postgres and not prove"
    failed = run("pytest", *cover, "-n", "2", "--dist", "loadfile", "-m", ordinary)
    if skip_browser:
        say("未做浏览器测试 / the browser tests were left out")
    else:
        # Without coverage, which the first half gives: the server is a process of its own.
        code = run("pytest", "-n", "2", "-m", "browser and not prove")
        failed = failed or (code if code != NO_TESTS else 0)
    return failed


if __name__ == "__main__":
    guarded(main)
