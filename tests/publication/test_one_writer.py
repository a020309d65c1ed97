"""Nobody writes the ledger beside `publish()`, and nobody makes an authority beside its service."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("page_types", "search", "exports", "extensions", "site")
PUBLICATION = Path("page_types/publication")

#: table -> modules that may write it
WRITERS = {
    "Event": {PUBLICATION / f"{name}.py" for name in ("publish", "record", "withdraw", "move")},
    "Measure": {PUBLICATION / "measures.py"},
    "Announcement": {PUBLICATION / "announcements.py"},
    "Mourning": {PUBLICATION / "announcements.py"},
    "ErrorReport": {Path("extensions/error_reports/services.py")},
    # Blanking a hidden text: the one exception to its being immutable.
    "Text": {PUBLICATION / "publish.py", PUBLICATION / "withdraw.py"},
    # A preview's entry is never saved.
    "Entry": {PUBLICATION / f"{name}.py" for name in ("publish", "preview", "withdraw", "move")},
    "Listing": {PUBLICATION / "publish.py", PUBLICATION / "pins.py", Path("site/structure")},
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
    **{
        name: {Path("page_types/review/measures/acts.py")}
        for name in (
            "Withdrawal", "EmergencyWithdrawal", "Reinstatement", "EarlierText", "Move",
            "BreakGlass", "Blanking",
        )
    },
}  # fmt: skip
#: Variables by which modules hold rows that they change: `entry.save()` names no table.
HELD = {"entry": "Entry", "listing": "Listing", "measure": "Measure"}
WRITING = {"save", "create", "bulk_create", "update", "get_or_create", "update_or_create", "delete"}


@cache
def sources():
    """(path, tree) of every module, read once for all these tests."""
    return [
        (path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8")))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
    ]


@cache
def written():
    """path -> names of the tables that the module writes."""
    return {path: set(writes(tree)) for path, tree in sources()}


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
            names = names_in(node.func.value)
            yield from names
            yield from (HELD[name] for name in names & HELD.keys())


def allowed(path, places):
    return any(path == place or place in path.parents for place in places)


@pytest.mark.parametrize("table", WRITERS)
def test_only_publish_writes(table):
    found = [str(path) for path, names in written().items() if table in names]
    assert found, "the test must find the writer itself, or it cannot fail"
    assert [path for path in found if not allowed(Path(path), WRITERS[table])] == []


@pytest.mark.parametrize("authority", MAKERS)
def test_only_its_own_service_makes_an_authority(authority):
    found = [
        str(path)
        for path, names in written().items()
        if path.parent != PUBLICATION and authority in names
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
            assert not called & {"publish", "re_own", "withdraw", "move", "blank"}, path
