"""The demonstration site, served for real, and Debian's Chromium."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.frame.conftest import free_port
from tests.prepared import ROOT, environment

PATIENCE_S = 40


def pytest_collection_modifyitems(items):
    """Every test of this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Portal:
    """The running site: `url`, the password of each account, the sessions of those signed in."""

    def __init__(self, var, port):
        self.var, self.url, self.sessions = var, f"http://127.0.0.1:{port}", {}
        lines = (var / "accounts.txt").read_text(encoding="utf-8").splitlines()
        self.passwords = dict(
            line.split()[-2:] for line in lines if re.search(r"\s[A-Za-z0-9]{16}$", line)
        )


@pytest.fixture(scope="session")
def portal(prepared_var, tmp_path_factory):
    """The site of `make run`, on a copy of the state, by the server of `make run`."""
    var = tmp_path_factory.mktemp("served") / "var"
    shutil.copytree(prepared_var, var)
    port = free_port()
    served = Portal(var, port)
    argv = [
        sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--chdir", str(ROOT / "site"),
        "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4",
        "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    with (var / "server.log").open("w") as log:
        server = subprocess.Popen(
            argv, cwd=ROOT, env=environment(var, PORTAL_SITE_URL=served.url),
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            deadline = time.monotonic() + PATIENCE_S
            while True:
                try:
                    urllib.request.urlopen(f"{served.url}/healthz", timeout=5)
                    break
                except OSError:
                    assert time.monotonic() < deadline, (var / "server.log").read_text()
                    time.sleep(0.2)
            yield served
        finally:
            server.terminate()
            server.wait()


@pytest.fixture(scope="module")
def browser():
    """Chromium. No longer than a module: its event loop would forbid other tests the database."""
    path = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Lets the windows of a test know at their end whether it failed."""
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture
def window(browser, request, tmp_path):
    """A function: an empty window of one's own. After a failure each leaves a picture."""
    pages = []

    def open_window(width=1280, **options):
        options.setdefault("viewport", {"width": width, "height": 900})
        pages.append(browser.new_context(**options).new_page())
        return pages[-1]

    yield open_window
    for number, page in enumerate(pages, 1):
        if getattr(request.node, "failed", False):
            page.screenshot(path=tmp_path / f"window-{number}.png")
        page.context.close()


@pytest.fixture
def visit(window, portal):
    """A function: open an address as a visitor, in a window of one's own; returns the page.

    `complaints` of the page collects console errors, blocked content and foreign requests.
    """

    def open_page(path, width=1280, **options):
        page = window(width, **options)
        watch(page, portal.url)
        page.answer = page.goto(portal.url + path)
        return page

    return open_page


def watch(page, own):
    """Collect what a visitor's browser would complain of."""
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda m: m.type == "error" and page.complaints.append(m.text))
    page.on("request", lambda r: r.url.startswith((own, "data:")) or page.complaints.append(r.url))


@pytest.fixture
def sign_in(window, portal):
    """A function: a signed-in window of that account, at the admin's home.

    The first time by the form, with the password of the accounts' file; later the session goes on.
    """

    def enter(account, width=1280, **options):
        page = window(width, storage_state=portal.sessions.get(account), **options)
        page.goto(f"{portal.url}/admin/")
        if account in portal.sessions:
            return page
        page.get_by_label("用户名").fill(account)
        page.get_by_label("密码").fill(portal.passwords[account])
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{portal.url}/admin/")
        portal.sessions[account] = page.context.storage_state()
        return page

    return enter
