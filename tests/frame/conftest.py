"""A small stand-in for the portal, set up and run by the very programs of scripts/."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import threading
import time
import urllib.request
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STUB = Path(__file__).resolve().parent / "stub"
PATIENCE_S = 60


def free_port():
    """A loopback port nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Running:
    """`make run` in the background, its output read as it comes."""

    def __init__(self, argv, folder, env):
        self.text = ""
        self.process = subprocess.Popen(
            argv,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
            # A shell's background job ignores Ctrl-C, and so would all that it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for character in iter(lambda: self.process.stdout.read(1), ""):
            self.text += character

    def wait_for(self, what):
        """Until `what` (a text, or a question) is there; fails with all that was said."""
        asked = what if callable(what) else lambda: what in self.text
        deadline = time.monotonic() + PATIENCE_S
        while not asked():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self._reader.join(2)
                if asked():
                    return
                pytest.fail(f"{what!r} did not come; output:\n{self.text}")
            time.sleep(0.02)

    def signal_all(self, number):
        """As a terminal does on Ctrl-C: every process of the group gets it."""
        os.killpg(self.process.pid, number)

    def end(self):
        """Wait for the end: (exit code, all that was said)."""
        code = self.process.wait(timeout=PATIENCE_S)
        self._reader.join(5)
        return code, self.text

    def kill(self):
        try:
            self.signal_all(signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self._reader.join(5)
        self.process.stdout.close()


class Frame:
    """A copy of Makefile and scripts/ around a stub project, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.var = folder / "var"
        self.port = free_port()
        self._running = []
        shutil.copy(ROOT / "Makefile", folder)
        shutil.copy(ROOT / "pyproject.toml", folder)
        shutil.copytree(
            ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copytree(
            STUB, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
        (folder / "requirements.txt").write_text("# nothing\n")
        (folder / "requirements-dev.txt").write_text("# nothing\n")
        kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
        self.env = {name: os.environ[name] for name in kept if name in os.environ}
        self.env |= {
            "PYTHON": sys.executable,
            "PORT": str(self.port),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_RETRIES": "0",
            "PIP_NO_CACHE_DIR": "1",
        }

    def give_libraries(self):
        """A ready .venv that borrows gunicorn from the one these tests run in."""
        venv = self.folder / ".venv"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
        packages = next(venv.glob("lib/python3*/site-packages"))
        (packages / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        for kind, name in (("run", "requirements.txt"), ("dev", "requirements-dev.txt")):
            digest = sha256((self.folder / name).read_bytes()).hexdigest()
            (venv / f"installed-{kind}").write_text(f"{digest} {version}\n")

    def do(self, *argv, **env):
        """Run a command to its end: (exit code, output)."""
        done = subprocess.run(
            [str(part) for part in argv],
            cwd=self.folder,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_S * 2,
        )
        return done.returncode, done.stdout

    def start(self, **env):
        """`make run` in the background."""
        running = Running(["make", "run"], self.folder, {**self.env, **env})
        self._running.append(running)
        return running

    def serve_once(self, **env):
        """Start, wait until it answers, stop by Ctrl-C: (exit code, output, page)."""
        running = self.start(**env)
        running.wait_for("ready:")
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
            page = answer.read().decode()
        running.signal_all(signal.SIGINT)
        code, text = running.end()
        return code, text, page

    def commands(self):
        """The management commands that were run, in order."""
        log = self.folder / "commands.log"
        return log.read_text().splitlines() if log.exists() else []

    def clock(self):
        """(process id, arguments) of the clock that was started beside the server."""
        pid, _, arguments = (self.folder / "clock.log").read_text().partition(" ")
        return int(pid), arguments

    def forget_commands(self):
        (self.folder / "commands.log").unlink()

    def state(self):
        """Content of every file in var/: what a second run must not change."""
        return {
            str(path.relative_to(self.var)): sha256(path.read_bytes()).hexdigest()
            for path in self.var.rglob("*")
            if path.is_file()
        }

    def fake(self, name, script):
        """A program of that name, found first in PATH."""
        folder = self.folder / "fake-bin"
        folder.mkdir(exist_ok=True)
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        self.env["PATH"] = re.sub(r"^(?!\S*fake-bin)", f"{folder}:", self.env["PATH"])

    def close(self):
        for running in self._running:
            running.kill()


@pytest.fixture
def bare(tmp_path):
    """The frame on a machine where nothing has been installed."""
    frame = Frame(tmp_path)
    yield frame
    frame.close()


@pytest.fixture
def frame(bare):
    """The frame with its libraries in place."""
    bare.give_libraries()
    return bare
