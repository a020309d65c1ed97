"""The documents speak of what is there: links, pictures, commands and words."""

import ast
import re

import pytest

from tests.frame.env_lookups import ROOMS, ROOT

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
]


def headings(text):
    """The anchors that GitHub makes of a document's headings."""
    found = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http:", "https:")):
            continue
        name, _, anchor = target.partition("#")
        there = path.parent / name if name else path
        if not there.exists() or (
            anchor and anchor not in headings(there.read_text(encoding="utf-8"))
        ):
            lost.append(target)
    assert not lost


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_exist(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = re.findall(r"(?:`|^\s*|=1 )make ([a-z-]+)", path.read_text(encoding="utf-8"), re.M)
    assert set(named) <= targets


def test_every_picture_is_taken_by_the_script_and_shown():
    import importlib.util

    spec = importlib.util.spec_from_file_location("pictures", ROOT / "scripts" / "pictures.py")
    pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pictures)
    taken = {f"{picture.name}.webp" for picture in pictures.PICTURES}
    texts = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    shown = set(re.findall(r"images/([a-z-]+\.webp)", texts))
    assert shown == taken
    kept = list((ROOT / "docs" / "images").iterdir())
    assert {path.name for path in kept} == taken
    assert sum(path.stat().st_size for path in kept) < 2_500_000


def names_in_code():
    """Every name that the code defines or uses."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            found.add(path.stem)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for field in ("id", "attr", "name", "arg"):
                    if isinstance(value := getattr(node, field, None), str):
                        found.add(value)
    return found


def test_words_of_the_glossary_are_those_of_the_code():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [[c.strip() for c in r.strip("|").split("|")] for r in re.findall(r"^\|.*", text, re.M)]
    rows = [row for row in rows if row[0] != "英文 / English" and not row[0].startswith("-")]
    assert len(rows) > 60
    names = names_in_code()
    missing = [row for row in rows if row[2] != "将来" and row[2].strip("`") not in names]
    assert not missing
    arrived = [row for row in rows if row[2] == "将来" and row[0].title().replace(" ", "") in names]
    assert not arrived, "they are in the code now: name them in the glossary"
