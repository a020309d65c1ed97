"""A PostgreSQL server of one's own for one command: `postgres.py COMMAND ...`

A temporary cluster on a free loopback port with a password of its own, run by a user that is not
root (PostgreSQL refuses root); the command finds it in PORTAL_DATABASE_URL.
"""

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from machine import apt_install
from saying import Stop, guarded, say


def _programs():
    """The folder of the newest initdb, or nothing."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(re.sub(r"\D.*", "", path.parent.name) or 0))
    onpath = shutil.which("initdb")
    return Path(onpath).parent if onpath else None


def _owner():
    """Popen arguments of a user who is not root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise Stop("没有可用于运行 PostgreSQL 的非 root 用户。", "No user to run PostgreSQL as.")


def free_port():
    """A loopback port nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def _run(argv, folder, owner):
    done = subprocess.run(
        [str(part) for part in argv],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **owner,
    )
    if done.returncode:
        log = folder / "log"
        raise Stop(
            "PostgreSQL 没有启动。",
            "PostgreSQL did not start.",
            done.stderr + (log.read_text()[-2000:] if log.exists() else ""),
        )


@contextmanager
def server():
    """The address of a running server, gone with all its data afterwards."""
    if not _programs():
        apt_install(["postgresql"], "缺少 PostgreSQL 服务器", "PostgreSQL's server is missing")
    programs, owner, password = _programs(), _owner(), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as name:
        folder = Path(name)
        (folder / "password").write_text(password)
        if owner:
            for path in (folder, folder / "password"):
                os.chown(path, owner["user"], owner["group"])
        data, port = folder / "data", free_port()
        _run(
            [
                programs / "initdb",
                "-D",
                data,
                "-U",
                "portal",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--auth=scram-sha-256",
                "--pwfile",
                folder / "password",
            ],
            folder,
            owner,
        )
        options = f"-h 127.0.0.1 -p {port} -k {folder} -F"
        control = [programs / "pg_ctl", "-D", data, "-w", "-s"]
        _run([*control, "-l", folder / "log", "-o", options, "start"], folder, owner)
        try:
            yield f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder, owner)


def main():
    if len(sys.argv) < 2:
        raise Stop("用法：postgres.py 命令 …", "Usage: postgres.py COMMAND ...")
    with server() as url:
        say("PostgreSQL 已启动 / is running")
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "PORTAL_DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    guarded(main)
