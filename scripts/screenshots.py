"""`make screenshots`: the pictures of README and the editors' guide, taken from the running portal.

Builds the demonstration in a folder of its own (never in var/), serves it, takes every picture that
`pictures.py` names into docs/images/ and stops. `--only NAME` takes one; `--var FOLDER` uses a
demonstration that is built already, on a copy.
"""

import argparse
import io
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Error, sync_playwright

import pictures
import run_tests
import site_build
from machine import ROOT
from saying import Stop, guarded, say, tail

IMAGES = ROOT / "docs" / "images"
#: Bytes that the whole folder may have.
ROOM = 2_500_000
WEBP_QUALITY = 72
PATIENCE_S = 60
STEP_MS = 20_000


@contextmanager
def own_surroundings(folder):
    """This program's variables, so that neither var/ nor a production database is touched."""
    for name in [name for name in os.environ.items() if name[0].startswith("PORTAL_")]:
        if name[0] != "PORTAL_CHROMIUM":
            del os.environ[name[0]]
    os.environ["PORTAL_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
    yield


@contextmanager
def served(folder):
    """The address of the portal, served by the server of `make run`."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    argv = [
        site_build.PYTHON, "-m", "gunicorn", "portal.wsgi:application", "--chdir", ROOT / "site",
        "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4",
        "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    env = {**site_build.environment(folder), "PORTAL_SITE_URL": url}
    with (folder / "server.log").open("w+") as log:
        server = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(server, url, log)
            yield url
        finally:
            server.terminate()
            server.wait()


def _wait_for(server, url, log):
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5)  # noqa: S310  our own loopback
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                raise Stop(
                    "门户没有启动。", "The portal did not start.", tail(log.read())
                ) from None
            time.sleep(0.2)


class Photographer:
    """A browser, the sessions of those signed in, and the folder of pictures."""

    def __init__(self, browser, url, passwords, folder):
        self.browser, self.url, self.passwords, self.folder = browser, url, passwords, folder
        self.sessions, self.step = {}, ""

    def take(self, picture):
        """One picture; a step that fails is named."""
        context = self.browser.new_context(
            viewport={"width": picture.width, "height": picture.height},
            color_scheme="dark" if picture.dark else "light",
            storage_state=self.sessions.get(picture.account),
            locale="zh-CN",
            reduced_motion="reduce",
        )
        context.set_default_timeout(STEP_MS)
        page = context.new_page()
        self.step = "打开网页 / open the page"
        try:
            if picture.account and picture.account not in self.sessions:
                self.step = f"以 {picture.account} 登录 / sign in"
                self._sign_in(page, picture.account)
                self.sessions[picture.account] = context.storage_state()
            self._open(page, picture.path)
            for self.step, act in picture.steps:
                act(page)
            self.step = "拍照 / take the picture"
            page.evaluate("document.fonts.ready")
            page.wait_for_load_state("networkidle")
            shot = page.screenshot(animations="disabled", caret="hide")
        except (Error, pictures.NotThere) as error:
            raise Stop(
                f"图片 {picture.name} 没有拍成，停在这一步：{self.step}\n网页：{page.url}",
                f"The picture {picture.name} failed at this step: {self.step} ({page.url})",
                tail(str(error), 12),
            ) from None
        finally:
            context.close()
        self._keep(picture.name, shot)

    def _open(self, page, path):
        answer = page.goto(self.url + path)
        if answer is None or answer.status >= 400:
            raise Error(f"{path}: {answer and answer.status}")

    def _sign_in(self, page, account):
        self._open(page, "/admin/")
        page.get_by_label("用户名").fill(account)
        page.get_by_label("密码").fill(self.passwords[account])
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(re.compile(r"/admin/$"))

    def _keep(self, name, shot):
        """WebP, whole or not at all."""
        torn = self.folder / f"{name}.webp.part"
        with Image.open(io.BytesIO(shot)) as picture:
            picture.convert("RGB").save(torn, "WEBP", quality=WEBP_QUALITY, method=6)
        os.replace(torn, self.folder / f"{name}.webp")


def take_all(chosen, folder):
    """Every chosen picture of the portal whose state is in `folder`."""
    with served(folder) as url, sync_playwright() as playwright:
        text = (folder / site_build.ACCOUNTS).read_text(encoding="utf-8")
        passwords = dict(re.findall(r"^\S.*?\s(\S+)\s+([A-Za-z0-9]{16})$", text, re.M))
        browser = playwright.chromium.launch(
            executable_path=run_tests.need_browser(), args=["--no-sandbox"]
        )
        camera = Photographer(browser, url, passwords, IMAGES)
        for number, picture in enumerate(chosen, 1):
            camera.take(picture)
            say(f"  {number}/{len(chosen)} {picture.name} {picture.title}")
        browser.close()


def tidy():
    """Remove pictures that nobody takes any more; refuse a folder that has grown too big."""
    named = {f"{picture.name}.webp" for picture in pictures.PICTURES}
    for path in IMAGES.iterdir():
        if path.name not in named:
            path.unlink()
    size = sum(path.stat().st_size for path in IMAGES.iterdir())
    if size > ROOM:
        raise Stop(
            f"docs/images 共 {size // 1000} kB，超过 {ROOM // 1000} kB。",
            f"docs/images has {size // 1000} kB, more than {ROOM // 1000} kB.",
        )
    say(f"docs/images：{len(named)} 幅，共 {size // 1000} kB / pictures")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", help="只拍这一幅 / take this picture only")
    options.add_argument("--var", type=Path, help="已建好的演示 / a demonstration that is built")
    given = options.parse_args()
    chosen = [p for p in pictures.PICTURES if given.only in (None, p.name)]
    if not chosen:
        raise Stop(f"没有名为 {given.only} 的图片。", f"No picture is called {given.only}.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-pictures-") as name:
        folder = Path(name) / "var"
        if given.var:
            shutil.copytree(given.var, folder)
        with own_surroundings(folder):
            site_build.prepare()
            take_all(chosen, folder)
    if given.only is None:
        tidy()


if __name__ == "__main__":
    guarded(main)
