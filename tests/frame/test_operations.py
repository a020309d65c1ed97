"""docs/operations.md says of variables and commands what the code says, both ways."""

import re

from django.core.management import get_commands

from tests.frame import env_lookups
from tests.frame.env_lookups import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def section(heading):
    """The text below a heading `## …`, up to the next of its rank."""
    found = re.search(rf"^## {heading}.*?$(.*?)(?=^## |\Z)", TEXT, re.M | re.S)
    assert found, heading
    return found[1]


def rows(text):
    """The cells of every row of its tables, heads and rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def documented():
    """Variable -> its cell of the default."""
    return {row[0].strip("`| "): row[-1].strip("| ") for row in rows(section("环境变量"))}


def test_every_variable_that_is_read_is_in_the_table():
    missing = {(look.name, look.place) for look in env_lookups.every()}
    missing = {(name, place) for name, place in missing if name not in documented()}
    assert not missing


def test_every_variable_of_the_table_is_read():
    assert set(documented()) <= {look.name for look in env_lookups.every()}


def test_defaults_are_those_of_the_code():
    table, wrong = documented(), []
    for look in env_lookups.every():
        if look.default is None:
            continue
        said = table[look.name]
        if not (said.startswith("空") if look.default == "" else f"`{look.default}`" in said):
            wrong.append((look, said))
    assert not wrong


def test_a_variable_of_compose_reaches_code_that_reads_it():
    """What compose.yaml hands to our containers is asked for by somebody in them."""
    import yaml

    given = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    given = set(given["x-portal"]["environment"])
    assert given <= {look.name for look in env_lookups.of_python()}


def test_every_command_named_exists():
    named = [row[0].strip("`| ").split()[0] for row in rows(section("命令"))]
    named += [row[0].strip("`| ").split()[0] for row in rows(section("定时命令"))]
    assert len(named) > 8
    assert set(named) <= set(get_commands())
