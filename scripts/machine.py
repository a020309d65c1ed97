"""What the machine must offer before anything is built: disk, port, Debian packages."""

import errno
import os
import shutil
import socket
import subprocess
from pathlib import Path

from saying import Stop, say

ROOT = Path(__file__).resolve().parent.parent
MEBIBYTE = 1024 * 1024


def var():
    """The folder of all run-time state: PORTAL_VAR, or var/ beside this program's folder."""
    return Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()


def free_mebibytes(path):
    """Free space where `path` is or will be; PORTAL_TEST_FREE_BYTES replaces the measurement."""
    told = os.environ.get("PORTAL_TEST_FREE_BYTES")
    if told:
        return int(told) // MEBIBYTE
    while not path.exists():
        path = path.parent
    return shutil.disk_usage(path).free // MEBIBYTE


def need_disk(path, mebibytes):
    """Stop, naming the need, when the disk is too full to finish what is about to begin."""
    free = free_mebibytes(path)
    if free < mebibytes:
        raise Stop(
            f"磁盘空间不足：{path} 所在磁盘需要 {mebibytes} MB，只剩 {free} MB。"
            "请清理后再次运行；尚未改动任何内容。",
            f"Not enough disk space: {path} needs {mebibytes} MB, {free} MB are free. "
            "Make room and run again; nothing has been changed.",
        )


def need_port(host, port):
    """The port as a number, when it can be listened on; else stop before anything is built."""
    try:
        number = int(port)
        if not 0 < number < 65536:
            raise ValueError
    except ValueError:
        raise Stop(
            f"PORT 应为 1 到 65535 的整数，而不是 {port!r}。",
            f"PORT must be a whole number from 1 to 65535, not {port!r}.",
        ) from None
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(
                f"端口 {number} 已被占用（也许门户已在运行：http://{host}:{number}/）。"
                f"请换一个端口，例如：make run PORT={number + 1 if number < 65535 else 8000}",
                f"Port {number} is taken (is the portal running already?). "
                f"Choose another: make run PORT={number + 1 if number < 65535 else 8000}",
            ) from None
        raise Stop(
            f"无法在 {host}:{number} 上监听：{error.strerror or error}。请用 HOST、PORT 另行指定。",
            f"Cannot listen on {host}:{number}: {error.strerror or error}. Set HOST or PORT.",
        ) from None
    return number


def apt_install(packages, why_zh, why_en):
    """Install Debian packages when we may; else stop with the exact line to type."""
    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stop(
            f"{why_zh}。请运行：sudo {line}，然后再试一次。",
            f"{why_en}. Please run: sudo {line}, then try again.",
        )
    say(f"  安装系统软件包 / installing system packages: {' '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for argv in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "-y", "install", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            argv,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
        if done.returncode:
            raise Stop(
                f"{why_zh}，自动安装也失败了。请手动运行：{line}",
                f"{why_en}, and installing it failed. Run by hand: {line}",
                (done.stdout + done.stderr)[-2000:],
            )
