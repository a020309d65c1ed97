"""`make requirements`: requirements*.in -> requirements*.txt, pinned, each file with its hashes.

For every platform and Python from 3.11 on (universal), so that one list serves amd64 and arm64.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from machine import ROOT
from saying import guarded


def main():
    env = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make requirements"}
    if "PIP_INDEX_URL" in env:
        env.setdefault("UV_INDEX_URL", env["PIP_INDEX_URL"])
    with tempfile.TemporaryDirectory(prefix="portal-uv-") as name:
        subprocess.run([sys.executable, "-m", "venv", name], check=True)
        python = Path(name) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", "uv"], check=True)
        for stem in ("requirements", "requirements-dev"):
            subprocess.run(
                [
                    python,
                    "-m",
                    "uv",
                    "pip",
                    "compile",
                    "--quiet",
                    "--universal",
                    "--python-version",
                    "3.11",
                    "--generate-hashes",
                    # pip's hash mode wants the extras that a package is asked for by name.
                    "--no-strip-extras",
                    "--no-emit-index-url",
                    "--no-emit-find-links",
                    *sys.argv[1:],
                    "-o",
                    f"{stem}.txt",
                    f"{stem}.in",
                ],
                cwd=ROOT,
                env=env,
                check=True,
                stdout=subprocess.DEVNULL,
            )


if __name__ == "__main__":
    guarded(main)
