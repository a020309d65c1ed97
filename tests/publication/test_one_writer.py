"""Nobody writes the ledger beside `publish()`, and nobody makes an authority beside its service."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("page_types", "search", "exports", "extensions", "site")
PUBLICATION = Path("page_types/publication")

#: table -> modules that may write it
WRITERS = {
    "Event": {PUBLICATION / "publish.py", PUBLICATION / "record.py"},
    "Announcement": {PUBLICATION / "announcements.py"},
    "Mourning": {PUBLICATION / "announcements.py"},
    "ErrorReport": {Path("extensions/error_reports/services.py")},
    "Text": {PUBLICATION / "publish.py"},
    # A preview's entry is never saved.
    "Entry": {PUBLICATION / "publish.py", PUBLICATION / "preview.py"},
    "Listing": {PUBLICATION / "publish.py", Path("site/structure")},
    "Facet": {PUBLICATION / "publish.py"},
    "Pointer": {PUBLICATION / "publish.py"},
    "Address": {PUBLICATION / "publish.py"},
    "Seal": {PUBLICATION / "seals.py", PUBLICATION / "authorities.py"},
}
#: authority -> the only service that may make it
MAKERS = {
    "Sealed": {Path("page_types/review/finish.py")},
    "Plan": {Path("site/structure")},
    "ReOwn": {Path("site/structure")},
}
WRITING = {"save", "create", "bulk_create", "update", "get_or_create", "update_or_create", "delete"}


def sources():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def names_in(node):
    """Every bare name inside an expression."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def writes(tree):
    """Names of tables that a module makes rows of, or calls a writing method on."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
            yield from names_in(node.func.value)


def allowed(path, places):
    return any(path == place or place in path.parents for place in places)


@pytest.mark.parametrize("table", WRITERS)
def test_only_publish_writes(table):
    found = [str(path) for path, tree in sources() if table in set(writes(tree))]
    assert found, "the test must find the writer itself, or it cannot fail"
    assert [path for path in found if not allowed(Path(path), WRITERS[table])] == []


@pytest.mark.parametrize("authority", MAKERS)
def test_only_its_own_service_makes_an_authority(authority):
    found = [
        str(path)
        for path, tree in sources()
        if path.parent != PUBLICATION and authority in set(writes(tree))
    ]
    assert found
    assert [path for path in found if not allowed(Path(path), MAKERS[authority])] == []


def test_no_signal_leads_to_publish():
    """Wagtail's signals may mail and count; publishing begins in a service."""
    for path, tree in sources():
        text = ast.unparse(tree)
        if "receiver(" in text or ".connect(" in text:
            called = {
                node.func.id
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            assert not called & {"publish", "re_own"}, path
