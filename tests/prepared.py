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
    # Every type of page once; `demo_var` loads the rest.
    ("load_demo", "--small"),
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


def _built_once(tmp_path_factory, name, build):
    """A folder of state that the workers of one run share; the first to come builds it.

    `make test` names a folder of its own, so that its second half finds what the first has built.
    """
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    shared = Path(os.environ.get("PORTAL_TEST_SHARED", shared))
    var = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (var / "complete").exists():
            shutil.rmtree(var, ignore_errors=True)
            build(var)
            (var / "complete").touch()
    return var


def _managed(var, *commands):
    for command in commands:
        code, text = manage(var, *(part.format(var=var) for part in command))
        assert code == 0, f"{command}: {text}"


@pytest.fixture(scope="session")
def prepared_var(tmp_path_factory):
    """A folder of state with the demonstration site. Read only: copy it before changing anything.

    A sample of the demonstration: every type of page is there.
    """

    def build(var):
        var.mkdir()
        _managed(var, *BUILD)

    return _built_once(tmp_path_factory, "prepared", build)


@pytest.fixture(scope="session")
def demo_var(prepared_var, tmp_path_factory):
    """A folder of state with the whole demonstration, as `make run` shows it. Read only."""

    def build(var):
        shutil.copytree(prepared_var, var)
        (var / "complete").unlink()
        _managed(var, ("load_demo",))

    return _built_once(tmp_path_factory, "demo", build)


@pytest.fixture
def site_var(prepared_var, tmp_path):
    """A copy of the demonstration site's state, free to be changed."""
    target = tmp_path / "var"
    shutil.copytree(prepared_var, target)
    return target
