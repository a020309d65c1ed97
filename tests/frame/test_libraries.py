"""`.venv`: whole, or not there; every failure says what to do, in Chinese and in English."""

import base64
import signal
import sys
import zipfile
from hashlib import sha256

import pytest

from tests.frame.conftest import free_port

#: Each makes an environment of its own, some twenty seconds: with the other clean-machine builds.
clean_machine = pytest.mark.prove
INSTALL = [sys.executable, "scripts/venv_install.py"]


def make_wheel(folder, name="sunshine", version="1.0"):
    """A package of one module, and the requirement line that pins it with its hash."""
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": "SHINES = True\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text)}\n"
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return f"{name}=={version} --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture
def shelf(bare):
    """A folder of wheels instead of an index; requirements.txt wants what lies there."""
    folder = bare.folder / "wheels"
    (bare.folder / "requirements.txt").write_text(make_wheel(folder))
    bare.env |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}
    return bare


def imports(frame, name="sunshine"):
    return frame.do(frame.folder / ".venv/bin/python", "-c", f"import {name}")[0] == 0


def test_installs_once_and_then_asks_nothing(shelf):
    code, text = shelf.do(*INSTALL)
    assert code == 0, text
    assert imports(shelf)
    code, text = shelf.do(*INSTALL, PIP_FIND_LINKS="/nowhere", PORTAL_TEST_FREE_BYTES="0")
    assert (code, text) == (0, "")


@clean_machine
def test_test_libraries_come_on_top(shelf):
    line = make_wheel(shelf.folder / "wheels", "moonlight")
    (shelf.folder / "requirements-dev.txt").write_text(line)
    assert shelf.do(*INSTALL)[0] == 0
    assert not imports(shelf, "moonlight")
    assert shelf.do(*INSTALL, "--dev")[0] == 0
    assert imports(shelf, "moonlight")
    assert imports(shelf)


@clean_machine
def test_no_package_index_leaves_nothing(shelf):
    del shelf.env["PIP_NO_INDEX"], shelf.env["PIP_FIND_LINKS"]
    code, text = shelf.do(*INSTALL, PIP_INDEX_URL=f"http://127.0.0.1:{free_port()}/simple")
    assert code != 0
    assert "连接不到 Python 软件源" in text
    assert "No package index could be reached" in text
    assert "PIP_INDEX_URL" in text
    assert "Traceback" not in text
    assert not (shelf.folder / ".venv").exists()


@clean_machine
def test_missing_version_is_the_index_s_fault_too(shelf):
    (shelf.folder / "requirements.txt").write_text(f"sunshine==2.0 --hash=sha256:{'0' * 64}\n")
    code, text = shelf.do(*INSTALL)
    assert code != 0
    assert "缺少所需版本" in text
    assert not (shelf.folder / ".venv").exists()


@clean_machine
def test_file_with_another_hash_is_not_installed(shelf):
    (shelf.folder / "requirements.txt").write_text(f"sunshine==1.0 --hash=sha256:{'0' * 64}\n")
    code, text = shelf.do(*INSTALL)
    assert code != 0
    assert "校验值不符" in text
    assert not (shelf.folder / ".venv").exists()


def test_requirement_without_hash_is_not_installed(shelf):
    (shelf.folder / "requirements.txt").write_text("sunshine==1.0\n")
    assert shelf.do(*INSTALL)[0] != 0
    assert not (shelf.folder / ".venv").exists()


@clean_machine
def test_failed_change_brings_the_old_environment_back(shelf):
    assert shelf.do(*INSTALL)[0] == 0
    good = (shelf.folder / "requirements.txt").read_text()
    (shelf.folder / "requirements.txt").write_text(f"sunshine==2.0 --hash=sha256:{'0' * 64}\n")
    assert shelf.do(*INSTALL)[0] != 0
    assert imports(shelf)
    assert not (shelf.folder / ".venv-previous").exists()
    (shelf.folder / "requirements.txt").write_text(good)
    assert shelf.do(*INSTALL) == (0, "")


@clean_machine
def test_changed_list_leaves_nothing_of_the_old(shelf):
    assert shelf.do(*INSTALL)[0] == 0
    (shelf.folder / "requirements.txt").write_text(make_wheel(shelf.folder / "wheels", "moonlight"))
    assert shelf.do(*INSTALL)[0] == 0
    assert imports(shelf, "moonlight")
    assert not imports(shelf)


@clean_machine
def test_environment_without_stamp_is_made_anew(shelf):
    half = shelf.folder / ".venv/bin"
    half.mkdir(parents=True)
    (half / "left-over").touch()
    assert shelf.do(*INSTALL)[0] == 0
    assert imports(shelf)
    assert not (half / "left-over").exists()


def test_killed_change_finds_the_old_environment_again(shelf):
    assert shelf.do(*INSTALL)[0] == 0
    (shelf.folder / ".venv").rename(shelf.folder / ".venv-previous")
    (shelf.folder / ".venv").mkdir()
    assert shelf.do(*INSTALL)[0] == 0
    assert imports(shelf)
    assert not (shelf.folder / ".venv-previous").exists()


def test_interrupted_installation_leaves_nothing(shelf):
    running = shelf.start()
    running.wait_for(lambda: (shelf.folder / ".venv").exists())
    running.signal_all(signal.SIGINT)
    code, text = running.end()
    assert code != 0
    assert "Traceback" not in text
    assert not (shelf.folder / ".venv").exists()


@clean_machine
def test_environment_of_a_vanished_python_is_made_anew(shelf):
    assert shelf.do(*INSTALL)[0] == 0
    python = shelf.folder / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert shelf.do(*INSTALL)[0] == 0
    assert imports(shelf)


def test_split_off_venv_module_names_the_debian_package(shelf, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "ensurepip.py").write_text("raise ImportError('split off')\n")
    shelf.fake("apt-get", "exit 100")
    code, text = shelf.do(*INSTALL, PYTHONPATH=str(broken))
    assert code != 0
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert f"apt-get install --no-install-recommends {package}" in text
    assert "venv" in text
    assert not (shelf.folder / ".venv").exists()


@pytest.mark.parametrize(
    ("said", "explained"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "磁盘已满"),
        ("ProxyError('Cannot connect to proxy.', OSError('407 Proxy'))", "代理服务器"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "校验值不符"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        ("Failed to establish a new connection: NewConnectionError", "PIP_INDEX_URL"),
        ("something nobody foresaw", "安装依赖失败"),
    ],
)
def test_what_pip_says_is_explained(bare, said, explained):
    ask = "import sys, venv_install; print(venv_install.reason(sys.argv[1])[0])"
    code, text = bare.do(sys.executable, "-c", ask, said, PYTHONPATH="scripts")
    assert code == 0
    assert explained in text
