"""`make prove`: full numbers on both databases, relevance on three engines, a clean build."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import postgres
from machine import ROOT, apt_install
from saying import Stop, guarded, say

PATIENCE_S = 900


def suite():
    """Codes of the marked tests on SQLite and of the whole suite on PostgreSQL."""
    if not shutil.which("soffice"):
        apt_install(
            ["libreoffice-calc"],
            "缺少 LibreOffice（用来重新打开导出的表格）",
            "LibreOffice is missing (it opens exported sheets again)",
        )
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    say("── SQLite：完整规模 / full numbers")
    code = subprocess.run([*pytest, "-m", "prove and not postgres"], cwd=ROOT).returncode
    yield "SQLite", 0 if code == 5 else code
    say("── PostgreSQL：全部测试 / the whole suite")
    with postgres.server() as url:
        env = {**os.environ, "PORTAL_DATABASE_URL": url}
        argv = [*pytest, "-n", "2", "-m", "not browser"]
        yield "PostgreSQL", subprocess.run(argv, cwd=ROOT, env=env).returncode


def search():
    """0 if every bar of relevance is reached on every engine, a real Elasticsearch among them."""
    say("── 检索质量 / relevance")
    env = {**os.environ, "ENGINES": "sqlite,postgresql,elasticsearch"}
    argv = [sys.executable, ROOT / "scripts" / "search_eval.py"]
    return subprocess.run(argv, cwd=ROOT, env=env).returncode


def _answers(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  our own loopback
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def _start_and_stop(folder, port):
    """Seconds until `make run` in that folder answers; stopped by Ctrl-C's signal afterwards."""
    env = {**os.environ, "PORT": str(port)}
    for name in ("PORTAL_VAR", "PORTAL_DATABASE_URL", "PORTAL_SITE_URL", "MAKEFLAGS"):
        env.pop(name, None)
    started = time.monotonic()
    process = subprocess.Popen(["make", "run"], cwd=folder, env=env, process_group=0)
    try:
        while _answers(f"http://127.0.0.1:{port}/") != 200:
            if process.poll() is not None or time.monotonic() - started > PATIENCE_S:
                raise Stop("全新克隆没有开始服务。", "The clean clone did not come to serve.")
            time.sleep(0.2)
        spent = time.monotonic() - started
        for door in ("/admin/login/",):
            if _answers(f"http://127.0.0.1:{port}{door}") != 200:
                raise Stop(f"{door} 没有正常回答。", f"{door} does not answer.")
        return spent
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)


def clean_clone():
    """First and second `make run` of a clone of what is committed."""
    if subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True).stdout:
        say("注意：有未提交的改动，验证的是已提交的版本 / note: only what is committed is proved")
    with tempfile.TemporaryDirectory(prefix="portal-clone-") as name:
        folder = Path(name) / "portal"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        port = postgres.free_port()
        first = _start_and_stop(folder, port)
        second = _start_and_stop(folder, port)
    say(
        f"全新克隆：首次 {first:.0f} 秒，再次 {second:.1f} 秒 / clean clone: {first:.0f} s, then "
        f"{second:.1f} s"
    )
    return 0


def main():
    codes = dict(suite())
    codes["search"] = search()
    codes["clone"] = clean_clone()
    failed = [name for name, code in codes.items() if code]
    say(f"未通过 / failed: {', '.join(failed)}" if failed else "全部得到验证 / all of it is proved")
    return 1 if failed else 0


if __name__ == "__main__":
    guarded(main)
