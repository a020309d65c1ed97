"""`make run`: from a clean clone to a serving portal; later runs only serve.

HOST and PORT say where (127.0.0.1:8000), PORTAL_VAR where its state is kept (var/).
"""

import os

import site_build
import venv_install
from machine import ROOT, need_disk, need_port, var
from saying import guarded, say


def address(host, port):
    """The public address of the portal as this machine sees it."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)  # noqa: S104  shown, not bound
    return f"http://{shown}:{port}"


def check_room():
    """Disk for everything this run may write, before it writes anything."""
    site = site_build.NEED_MEBIBYTES["later" if site_build.is_built() else "first"]
    libraries = venv_install.missing_mebibytes("run")
    need_disk(var(), site + libraries)
    need_disk(ROOT, libraries)


def serve(host, port, url):
    """Become the server; scripts/gunicorn_conf.py says when it is ready and when it has ended."""
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    env = {
        **site_build.environment(var()),
        "PORTAL_SITE_URL": os.environ.get("PORTAL_SITE_URL", url),
    }
    argv = [
        venv_install.PYTHON,
        "-m",
        "gunicorn",
        "portal.wsgi:application",
        "--config",
        ROOT / "scripts" / "gunicorn_conf.py",
        "--chdir",
        ROOT / "site",
        "--bind",
        where,
        "--worker-class",
        "gthread",
        "--workers",
        "2",
        "--threads",
        "4",
        "--log-level",
        "warning",
        "--no-control-socket",
    ]
    os.execve(argv[0], [str(part) for part in argv], env)  # noqa: S606  no shell: our own argv


def main():
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    say("阳光体育 · 信息公开平台 / Sunshine Sports open-government portal")
    port = need_port(host, port)
    check_room()
    venv_install.ensure("run")
    accounts = site_build.prepare()
    if accounts:
        say("\n初始账号（只显示这一次） / first accounts, shown only now:", accounts.strip())
    if (var() / site_build.ACCOUNTS).exists():
        say(f"账号保存在 / accounts are kept in: {var() / site_build.ACCOUNTS}")
    url = address(host, port)
    say(f"\n正在启动 / starting: {url}/")
    serve(host, port, url)


if __name__ == "__main__":
    guarded(main)
