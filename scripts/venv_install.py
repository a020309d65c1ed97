"""The virtual environment: whole, or not there. `python3 scripts/venv_install.py [--dev]`

`.venv` is built from requirements.txt, every file checked by its hash; a stamp with the digest of
the list is written last. While a changed list is installed the old environment waits aside, and
comes back when the new one fails, so that no failure leaves half of one.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

from machine import ROOT, apt_install, need_disk
from saying import StepFailed, Stop, guarded, run_step, tail

VENV = ROOT / ".venv"
PREVIOUS = ROOT / ".venv-previous"
PYTHON = VENV / "bin" / "python"
LISTS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
NEED_MEBIBYTES = {"run": 400, "dev": 400}

# What pip says -> what is wrong and what helps. The first that fits is told.
REASONS = [
    (
        r"No space left on device|Disk quota exceeded",
        "磁盘已满。请清理磁盘后再次运行。",
        "The disk is full. Make room and run again.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "软件源给出的文件与清单记录的校验值不符，为安全起见不予安装。请换用可信的软件源。",
        "The index served a file whose hash is not the one on our list; it is not installed. "
        "Use a package index you trust.",
    ),
    (
        r"ProxyError|Tunnel connection failed|407 Proxy",
        "代理服务器拒绝了连接。请检查环境变量 https_proxy、http_proxy。",
        "The proxy refused the connection. Check the variables https_proxy and http_proxy.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "软件源的证书无法验证。请把本单位的根证书文件写入环境变量 PIP_CERT。",
        "The certificate of the package index cannot be verified. Name your root certificates "
        "in PIP_CERT.",
    ),
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|timed out|name resolution|"
        r"Connection (refused|reset|broken|aborted)|No matching distribution|"
        r"Could not find a version",
        "连接不到 Python 软件源，或源中缺少所需版本。请检查网络；没有外网时，用 PIP_INDEX_URL "
        "指定内网镜像，或用 PIP_FIND_LINKS 指定存放安装包的文件夹；经代理上网请设置 https_proxy。",
        "No package index could be reached, or it lacks a version we need. Check the network; "
        "without internet set PIP_INDEX_URL to a mirror or PIP_FIND_LINKS to a folder of wheels; "
        "behind a proxy set https_proxy.",
    ),
]
UNKNOWN = ("安装依赖失败。", "Installing the packages failed.")


def reason(output):
    """The (Chinese, English) explanation of pip's complaint."""
    for pattern, zh, en in REASONS:
        if re.search(pattern, output, re.IGNORECASE):
            return zh, en
    return UNKNOWN


def _digest(kind):
    return hashlib.sha256(LISTS[kind].read_bytes()).hexdigest()


def _python_version(python):
    """`3.11` of an interpreter, or nothing when it does not run."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        return subprocess.run(
            [python, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _stamp(kind):
    return VENV / f"installed-{kind}"


def is_current(kind):
    """Whether the environment holds this list, under a Python that still runs."""
    try:
        digest, version = _stamp(kind).read_text().split()
    except (OSError, ValueError):
        return False
    return digest == _digest(kind) and version == _python_version(PYTHON)


def missing_mebibytes(*kinds):
    """Disk space that bringing these lists in may take."""
    return sum(NEED_MEBIBYTES[kind] for kind in kinds if not is_current(kind))


@contextmanager
def _alone():
    """One builder at a time: the list itself is locked, so no lock file is left behind."""
    with LISTS["run"].open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(
                "另一个程序正在安装依赖，请等它结束后再试。",
                "Another program is installing the packages; wait until it has ended.",
            ) from None
        yield


def _remove(path):
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _recover():
    """Undo what a killed installation left: no stamp means not whole."""
    if not _stamp("run").exists():
        _remove(VENV)
        if PREVIOUS.exists():
            PREVIOUS.rename(VENV)
    _remove(PREVIOUS)


def _need_ensurepip():
    """Debian splits venv off Python."""
    probe = [sys.executable, "-c", "import venv, ensurepip"]
    if subprocess.run(probe, capture_output=True).returncode:
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        apt_install([name], "缺少 Python 的 venv 模块", "The venv module of Python is missing")


def _pip(kind, zh, en):
    argv = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar",
        "off",
        "-r",
        LISTS[kind],
    ]
    try:
        run_step(zh, en, argv, cwd=ROOT)
    except StepFailed as failed:
        zh, en = reason(failed.output)
        raise Stop(
            f"{zh}\n未完成的安装已清除，处理后再次运行同一命令即可。",
            f"{en}\nThe unfinished installation has been removed; then run the same command again.",
            tail(failed.output, 8),
        ) from None
    # Written whole or not at all: a torn stamp must not look like a good one.
    torn = _stamp(kind).with_suffix(".part")
    torn.write_text(f"{_digest(kind)} {_python_version(PYTHON)}\n")
    os.replace(torn, _stamp(kind))


def _install_run():
    if VENV.exists():
        VENV.rename(PREVIOUS)
    try:
        _need_ensurepip()
        try:
            run_step(
                "创建虚拟环境",
                "creating the virtual environment",
                [sys.executable, "-m", "venv", VENV],
                cwd=ROOT,
            )
        except StepFailed as failed:
            raise Stop(
                "无法创建虚拟环境 .venv。",
                "The virtual environment .venv cannot be made.",
                tail(failed.output, 8),
            ) from None
        _pip("run", "安装运行所需的软件包", "installing the packages it runs on")
    except BaseException:
        _recover()
        raise
    _remove(PREVIOUS)


def ensure(*kinds):
    """Bring `.venv` to the committed lists; when it is there already, do and ask nothing."""
    if all(is_current(kind) for kind in kinds):
        return
    need_disk(ROOT, missing_mebibytes(*kinds))
    with _alone():
        _recover()
        if not is_current("run"):
            _install_run()
        if "dev" in kinds and not is_current("dev"):
            _stamp("dev").unlink(missing_ok=True)
            _pip("dev", "安装测试与检查所需的软件包", "installing the packages of tests and lint")


def main():
    ensure("run", *(["dev"] if "--dev" in sys.argv[1:] else []))


if __name__ == "__main__":
    guarded(main)
