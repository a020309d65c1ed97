"""The committed lists of packages: pinned, hashed, and bound to no index."""

import re

import pytest

from tests.frame.conftest import ROOT

LISTS = ["requirements", "requirements-dev"]


def requirements(name):
    """The logical lines of a compiled list."""
    text = (ROOT / f"{name}.txt").read_text().replace("\\\n", " ")
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_and_hashed(name):
    pinned = re.compile(r"[a-z0-9_.\[\]-]+==[^\s;]+( ;[^-]+)?\s+--hash=sha256:[0-9a-f]{64}")
    assert [line for line in requirements(name) if not pinned.match(line)] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_index_and_no_path_of_a_machine(name):
    text = (ROOT / f"{name}.txt").read_text() + (ROOT / f"{name}.in").read_text()
    assert not re.search(r"://|--index|--find-links|--extra|--trusted|(?m:^)\s*/|-r /|-c /", text)


@pytest.mark.parametrize("name", LISTS)
def test_everything_asked_for_is_in_the_compiled_list(name):
    pinned = {re.split(r"[=\[]", line)[0].strip().lower() for line in requirements(name)}
    for line in (ROOT / f"{name}.in").read_text().splitlines():
        if line and line[0] not in "#-":
            assert re.split(r"[=<>\[]", line)[0].strip().lower() in pinned


def test_no_package_is_pinned_twice_differently():
    pins = {}
    for name in LISTS:
        for line in requirements(name):
            package, version = re.match(r"([^=\[]+)(?:\[.*\])?==(\S+)", line).groups()
            marker = line.partition(";")[2].partition("--hash")[0].strip()
            assert pins.setdefault((package, marker), version) == version
