"""The whole demonstration site, built once a test run by the commands that `make run` uses."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILD = (
    ("migrate", "--noinput"),
    ("sync_structure",),
    ("create_accounts", "--keep-passwords", "--file", "{var}/accounts.txt"),
    ("load_demo",),
    ("collectstatic", "--noinput"),
)


def environment(var, **more):
    """What a command is run with: a folder of state of its own, settings of `make run`."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "COV_"))}
    return {
        **env,
        "PORTAL_VAR": str(var),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        **more,
    }


def manage(var, *arguments, **env):
    """A management command: (exit code, all it printed)."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "site" / "manage.py"), *arguments],
        cwd=ROOT, env=environment(var, **env), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.fixture(scope="session")
def prepared_var(tmp_path_factory):
    """A folder of state with the demonstration site. Read only: copy it before changing anything.

    The workers of one run share it; the first to come builds it.
    """
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    var = shared / "prepared"
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (var / "complete").exists():
            shutil.rmtree(var, ignore_errors=True)
            var.mkdir()
            for command in BUILD:
                code, text = manage(var, *(part.format(var=var) for part in command))
                assert code == 0, f"{command}: {text}"
            (var / "complete").touch()
    return var


@pytest.fixture
def site_var(prepared_var, tmp_path):
    """A copy of the demonstration site's state, free to be changed."""
    target = tmp_path / "var"
    shutil.copytree(prepared_var, target)
    return target
