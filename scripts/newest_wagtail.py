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
    """`name==version` of both lists, without what Wagtail itself chooses."""
    text = "".join(
        (ROOT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt")
    )
    pins = dict(re.findall(r"^([a-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE))
    return {name: version for name, version in pins.items() if name != "wagtail"}


def main():
    with tempfile.TemporaryDirectory(prefix="portal-newest-") as name:
        folder = Path(name)
        python = folder / "venv" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        wanted = folder / "pins.txt"
        wanted.write_text("".join(f"{n}=={v}\n" for n, v in sorted(_pins().items())))
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
            [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", *TESTS],
            cwd=ROOT, env=env,
        )  # fmt: skip
        return checks.returncode or tests.returncode


if __name__ == "__main__":
    guarded(main)
