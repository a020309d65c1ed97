"""The newest Wagtail: checks and publication tests in an environment of its own.

Long-term support is what the portal runs on; this tells early what moving on would take. The other
pins hold as far as the newest Wagtail allows.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from machine import ROOT
from saying import guarded, say
from site_build import environment

#: Without what only reads our source.
TESTS = ("tests/publication", "--ignore=tests/publication/test_one_writer.py")


def _pins():
    """`name==version ; condition` of both lists, without what Wagtail itself chooses."""
    text = "".join(
        (ROOT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt")
    )
    # A pin for some versions of Python only keeps its condition: pip reads it.
    found = re.findall(
        r"^([a-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)( ;[^\\\n]*)?", text, re.MULTILINE
    )
    return sorted({f"{n}=={version}{when}" for n, version, when in found if n != "wagtail"})


def main():
    with tempfile.TemporaryDirectory(prefix="portal-newest-") as name:
        folder = Path(name)
        python = folder / "venv" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        wanted = folder / "pins.txt"
        wanted.write_text("".join(f"{pin}\n" for pin in _pins()))
        subprocess.run([*pip, "-r", wanted], check=True)
        subprocess.run([*pip, "--upgrade", "wagtail"], check=True)
        version = subprocess.run(
            [python, "-c", "import wagtail; print(wagtail.__version__)"],
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip
        say(f"── Wagtail {version}")
        env = {**environment(folder), "PORTAL_VAR": str(folder / "var")}
        checks = subprocess.run([python, "site/manage.py", "check"], cwd=ROOT, env=env)
        env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        tests = subprocess.run(
            [
                python, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                "-n", "2", "--dist", "loadfile", *TESTS,
            ],
            cwd=ROOT, env=env,
        )  # fmt: skip
        return checks.returncode or tests.returncode


if __name__ == "__main__":
    guarded(main)
