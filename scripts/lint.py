"""`make lint`: every check runs, also after one has failed. `--fix` mends what tools can mend."""

import os
import subprocess
import sys
import tempfile

from machine import ROOT
from saying import guarded, say
from site_build import ROOMS, environment

PYTHON = sys.executable
TEMPLATES = ["djhtml", "--tabwidth", "2"]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "PORTAL_SECRET_KEY": "only-for-this-check-" + "".join(map(chr, range(48, 123))),
    "PORTAL_AUDIT_KEY": "only-for-this-check-too-" + "".join(map(chr, range(48, 123))),
    "PORTAL_RECORD_KEY": "only-for-this-check-as-well-" + "".join(map(chr, range(48, 123))),
    "PORTAL_ALLOWED_HOSTS": "portal.example",
    "PORTAL_SITE_URL": "https://portal.example",
    # Facts of a bureau: what `check` says without them is for the bureau, not for lint.
    "PORTAL_SITE_ID_CODE": "0000000000",
    "PORTAL_ISSUER_CODE": "000000000000000000",
    "PORTAL_ICP_NUMBER": "example",
    "PORTAL_CONTACT": "example",
    "PORTAL_POLICE_NUMBER": "example",
    "PORTAL_CONAC_URL": "https://conac.example",
    "PORTAL_EMAIL_URL": "smtp://mail.example",
    "PORTAL_REDIS_URL": "redis://cache.example",
}


def module(name, *arguments):
    """Command line of a tool of this environment, wherever its script lies."""
    return [PYTHON, "-m", name, *arguments]


def templates():
    """Our template files, relative to the root."""
    found = []
    for room in ROOMS:
        found += sorted((ROOT / room).glob("**/templates/**/*.html"))
    return [str(path.relative_to(ROOT)) for path in found]


def site_is_a_folder():
    """Python's own `site` owns the name: with an __init__.py ours would fight with it."""
    if not (ROOT / "site" / "__init__.py").exists():
        return True
    say(
        "site/__init__.py 不应存在：site 是文件夹，不是包",
        "site/__init__.py must not exist: site is a folder, never a package",
    )
    return False


def checks(folder):
    """(name, command, additional environment) of each check, in the order of their speed."""
    manage = [PYTHON, "site/manage.py"]
    pages = templates()
    yield "ruff check", module("ruff", "check", "."), {}
    yield "ruff format", module("ruff", "format", "--check", "."), {}
    yield (
        "import-linter",
        [
            PYTHON,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
            "--no-logo",
        ],
        {},
    )
    if pages:
        yield "djhtml", module(*TEMPLATES, "--check", *pages), {}
        yield "curlylint", module("curlylint", "--quiet", *pages), {}
    yield "messages", [PYTHON, "scripts/check_messages.py"], {}
    yield "makemigrations", [*manage, "makemigrations", "--check", "--dry-run"], {}
    yield "check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION


def fix():
    """Let the tools write."""
    codes = [
        subprocess.run(argv, cwd=ROOT).returncode
        for argv in (
            module("ruff", "check", "--fix", "."),
            module("ruff", "format", "."),
            *([module(*TEMPLATES, *templates())] if templates() else []),
        )
    ]
    return 0 if codes[0] == 0 else 1


def main():
    if "--fix" in sys.argv[1:]:
        return fix()
    failed = [] if site_is_a_folder() else ["site/__init__.py"]
    with tempfile.TemporaryDirectory(prefix="portal-lint-") as folder:
        for name, argv, additional in checks(folder):
            print(f"── {name}", flush=True)
            env = {**environment(folder), **additional}
            if subprocess.run(argv, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode:
                failed.append(name)
    if failed:
        say(f"\n检查未通过 / failed: {', '.join(failed)}")
        return 1
    say("\n检查全部通过 / every check passed")
    return os.EX_OK


if __name__ == "__main__":
    guarded(main)
