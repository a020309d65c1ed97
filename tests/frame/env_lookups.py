"""Every environment variable that the code asks for, read from its syntax trees.

A lookup whose name is computed must be inside a function that gets the name as an argument; the
names are then those of its calls in the same file. Anything else is an error: a variable that
cannot be seen cannot be documented.
"""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("site", "extensions", "scripts", "page_types", "search", "exports", "deploy")
SHELL = ("scripts/with_python.sh", "deploy/entrypoint.sh", ".ci/run")
METHODS = {"get", "setdefault", "pop"}


@dataclass(frozen=True)
class Lookup:
    """One place that asks. `default` is None where none is given or it is no literal."""

    name: str
    default: str | None
    place: str


def _is_environ(node):
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def _literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


class _Reader:
    """One module."""

    def __init__(self, path):
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.above = {
            child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }

    def lookups(self):
        for node in ast.walk(self.tree):
            self._must_be_readable(node)
            for key, default in self._asked(node):
                yield from self._named(node, key, default)

    def _must_be_readable(self, node):
        """No other name for the environment, by which lookups would escape us."""
        above = self.above.get(node)
        fine = (
            isinstance(above, ast.Subscript | ast.Compare | ast.Dict)
            or (isinstance(above, ast.Attribute) and above.attr in METHODS | {"items"})
        ) or not _is_environ(node)
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            fine = not {"environ", "getenv"} & {alias.name for alias in node.names}
        place = f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        assert fine, f"{place}: write os.environ.get(...), os.environ[...] or {{**os.environ}}"

    def _asked(self, node):
        """(key, default) of what this node asks the environment for."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            getenv = node.func.attr == "getenv"
            # A `pop` whose answer nobody wants only takes the variable away.
            removed = node.func.attr == "pop" and isinstance(self.above.get(node), ast.Expr)
            ours = node.func.attr in METHODS and _is_environ(node.func.value)
            if getenv or (ours and not removed):
                yield node.args[0], node.args[1] if len(node.args) > 1 else self._or(node)
        if isinstance(node, ast.Call):  # dj_database_url.config(env=..., default=...)
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            if getattr(node.func, "attr", "") == "config" and "env" in given:
                yield given["env"], given.get("default")
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            if _is_environ(node.value):
                yield node.slice, None
        if isinstance(node, ast.Compare) and any(map(_is_environ, node.comparators)):
            yield node.left, None

    def _or(self, node):
        """The right side of `lookup or default`."""
        above = self.above.get(node)
        if isinstance(above, ast.BoolOp) and isinstance(above.op, ast.Or):
            return above.values[-1]
        return None

    def _named(self, node, key, default):
        place = f"{self.path.relative_to(ROOT)}:{node.lineno}"
        if name := _literal(key):
            yield Lookup(name, _literal(default), place)
            return
        function = node
        while function is not None and not isinstance(function, ast.FunctionDef):
            function = self.above.get(function)
        arguments = [a.arg for a in function.args.args] if function is not None else []
        if not isinstance(key, ast.Name) or key.id not in arguments:
            raise AssertionError(f"{place}: the name of the variable cannot be read")
        position = arguments.index(key.id)
        for call in ast.walk(self.tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == function.name:
                name = _literal(call.args[position])
                assert name, f"{self.path}:{call.lineno}: the name of the variable cannot be read"
                yield Lookup(name, None, f"{self.path.relative_to(ROOT)}:{call.lineno}")


def _may_ask(path):
    """Whether it is worth reading: a module that never says so asks the environment nothing."""
    return re.search(r"environ|getenv|env=", path.read_text(encoding="utf-8"))


def of_python():
    """Lookups of the rooms, and of the tests those of our own variables."""
    for room in ROOMS:
        for path in filter(_may_ask, sorted((ROOT / room).rglob("*.py"))):
            yield from _Reader(path).lookups()
    for path in filter(_may_ask, sorted((ROOT / "tests").rglob("*.py"))):
        if "PORTAL_" in path.read_text(encoding="utf-8"):
            for lookup in _Reader(path).lookups():
                if lookup.name.startswith("PORTAL_"):
                    yield lookup


def of_shell():
    """Lookups of the shell programs, and what the Makefile hands on."""
    for name in SHELL:
        text = (ROOT / name).read_text(encoding="utf-8")
        for found in re.finditer(r"\$\{([A-Z][A-Z_]+):?[-=]([^}]*)\}", text):
            yield Lookup(found[1], found[2] or None, name)
    exported = re.search(r"^export (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    for name in exported[1].split():
        yield Lookup(name, None, "Makefile")


def of_compose():
    """What compose.yaml takes from .env, with its defaults."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for found in re.finditer(r"\$\{([A-Z][A-Z_]+)(?::-([^}]*))?[^}]*\}", text):
        yield Lookup(found[1], found[2] or None, "compose.yaml")


@cache
def every():
    """All of them."""
    return [*of_python(), *of_shell(), *of_compose()]
