"""The contracts of pyproject.toml catch every import that runs up the floors or across."""

import subprocess
import sys

import pytest

from tests.frame.conftest import ROOT

MODULES = [
    "page_types.organisation.models", "page_types.publication.views", "page_types.review.tasks",
    "page_types.article", "page_types.notice", "search.index", "exports.sheets",
    "extensions.base.apps", "extensions.credit.models", "extensions.olympics.models",
    "portal.urls", "structure.plan", "theme.tags",
]  # fmt: skip
ALLOWED = [
    ("page_types.publication.views", "page_types.organisation.models"),
    ("page_types.article", "page_types.publication.views"),
    ("page_types.article", "page_types.notice"),
    ("page_types.review.tasks", "page_types.article"),
    ("search.index", "page_types.review.tasks"),
    ("extensions.credit.models", "extensions.base.apps"),
    ("extensions.credit.models", "search.index"),
    ("portal.urls", "extensions.credit.models"),
]
FORBIDDEN = [
    ("page_types.organisation.models", "page_types.publication.views"),
    ("page_types.organisation.models", "page_types.article"),
    ("page_types.publication.views", "page_types.article"),
    ("page_types.publication.views", "page_types.review.tasks"),
    ("page_types.article", "page_types.review.tasks"),
    ("page_types.article", "search.index"),
    ("search.index", "exports.sheets"),
    ("exports.sheets", "search.index"),
    ("search.index", "extensions.base.apps"),
    ("extensions.credit.models", "extensions.olympics.models"),
    ("extensions.base.apps", "extensions.credit.models"),
    ("extensions.credit.models", "structure.plan"),
    ("page_types.article", "theme.tags"),
    ("page_types.publication.views", "portal.urls"),
]


def lint(folder, imports):
    """Exit code and output of lint-imports over a tree with these imports."""
    for module in MODULES:
        parts = module.split(".")
        for depth in range(1, len(parts)):
            package = folder.joinpath(*parts[:depth])
            package.mkdir(exist_ok=True)
            (package / "__init__.py").touch()
        wanted = [target for source, target in imports if source == module]
        folder.joinpath(*parts).with_suffix(".py").write_text(
            "".join(f"import {target}\n" for target in wanted)
        )
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()",
         "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_leaning_downwards_is_allowed(tmp_path):
    code, text = lint(tmp_path, ALLOWED)
    assert code == 0, text


@pytest.mark.parametrize(("source", "target"), FORBIDDEN)
def test_leaning_upwards_or_across_is_caught(tmp_path, source, target):
    code, text = lint(tmp_path, [*ALLOWED[:1], (source, target)])
    assert code == 1, text
    assert f"{source} -> {target}" in text
