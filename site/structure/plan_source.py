"""Reading YAML so that every value knows its line, and collecting what is wrong with it.

PyYAML's ordinary loader forgets lines and silently keeps the last of two equal keys; here the
composed node tree is walked instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a plan: where it stands, what it is and how to mend it."""

    file: str
    line: int
    key: str
    what: str
    mend: str
    what_en: str
    mend_en: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        subject = f"{place} {self.key}".rstrip()
        return f"{subject}: {self.what}；{self.mend}／ {self.what_en}; {self.mend_en}"


class PlanError(Exception):
    """A plan that cannot be used; `problems` holds everything found in it, by line."""

    def __init__(self, problems):
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=lambda each: each.line))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.problems)


class Problems:
    """The collector that every reading and checking function reports to."""

    def __init__(self, file: str):
        self.file = file
        self.found: list[Problem] = []

    def add(self, line: int, key: str, what: str, mend: str, what_en: str, mend_en: str) -> None:
        self.found.append(Problem(self.file, line, key, what, mend, what_en, mend_en))

    def raise_if_any(self) -> None:
        if self.found:
            raise PlanError(self.found)


@dataclass(frozen=True)
class Marked:
    """A YAML value with its line and its name in messages.

    `value` is a scalar, a list of Marked or a dict from str to Marked. In a mapping the line is
    that of the key.
    """

    value: Any
    line: int
    path: str


def suggestion(word: str, known) -> tuple[str, str]:
    """How to mend an unknown word, in Chinese and English: the nearest known one, or all."""
    known = sorted(known)
    near = get_close_matches(str(word), known, n=1, cutoff=0.5)
    if near:
        return f"请改为 {near[0]}", f"did you mean {near[0]}?"
    if not known:
        return "请删去，或先定义它", "remove it, or define it first"
    return f"请改用其一：{'、'.join(known)}", f"use one of: {', '.join(known)}"


def read_marked(text: str, problems: Problems) -> Marked | None:
    """The document as a Marked mapping, or None (with the problem reported) if it is none."""
    loader = None
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        problems.add(
            _line_of(error, text),
            "",
            f"不是有效的 YAML（{_reason(error)}）",
            "请检查该行及上一行的缩进、冒号、括号和引号",
            f"not readable as YAML ({_reason(error)})",
            "check indentation, colons, brackets and quotes on this line and the one before",
        )
        return None
    finally:
        if loader is not None:
            loader.dispose()
    if not isinstance(root, yaml.MappingNode):
        problems.add(
            root.start_mark.line + 1 if root else 1,
            "",
            "文件最外层须为“键: 值”",
            "请以 site:、departments:、columns: 等键开头",
            "the file must be a mapping",
            "start it with site:, departments:, columns: and so on",
        )
        return None
    return _Walker(problems).visit(root, "", root.start_mark.line + 1)


def _reason(error: yaml.YAMLError) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None)
    return said or type(error).__name__


def _line_of(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return mark.line + 1
    position = getattr(error, "position", 0)
    return text.count("\n", 0, position) + 1


class _Walker:
    """Turns the node tree into Marked values, noticing doubled keys and circular aliases."""

    def __init__(self, problems: Problems):
        self.problems = problems
        self.above: list[yaml.Node] = []
        self.constructor = yaml.constructor.SafeConstructor()

    def visit(self, node: yaml.Node, path: str, line: int) -> Marked:
        if isinstance(node, yaml.ScalarNode):
            return Marked(self._scalar(node, path, line), line, path)
        if any(node is each for each in self.above):
            self.problems.add(
                line,
                path,
                "锚点引用了自己",
                "请删去 * 引用，写出内容",
                "an alias refers to itself",
                "write the content out instead",
            )
            return Marked(None, line, path)
        self.above.append(node)
        if isinstance(node, yaml.SequenceNode):
            value = [
                self.visit(each, _item_path(each, path, number), each.start_mark.line + 1)
                for number, each in enumerate(node.value)
            ]
        else:
            value = self._mapping(node, path)
        self.above.pop()
        return Marked(value, line, path)

    def _scalar(self, node: yaml.ScalarNode, path: str, line: int):
        try:
            return self.constructor.construct_object(node)
        except ValueError:  # looks like a date or number and is none: judged as text later
            return node.value
        except yaml.YAMLError:
            self.problems.add(
                line,
                path,
                f"不支持的 YAML 标签 {node.tag}",
                "请删去标签，直接写值",
                f"unsupported YAML tag {node.tag}",
                "remove the tag and write the value",
            )
            return None

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Marked]:
        value: dict[str, Marked] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.add(
                    line,
                    path,
                    "键须为文字",
                    "请改为普通的键名",
                    "a key must be plain text",
                    "write an ordinary key",
                )
                continue
            name = key_node.value
            inner = f"{path}.{name}" if path else name
            if name in value:
                self.problems.add(
                    line,
                    inner,
                    f"键重复，第 {value[name].line} 行已有",
                    "请删去其中一个",
                    f"key written twice, first on line {value[name].line}",
                    "remove one of them",
                )
                continue
            value[name] = self.visit(value_node, inner, line)
        return value


def _item_path(node: yaml.Node, path: str, number: int) -> str:
    """Columns go by their key alone, other listed entries by `list.id`, nameless ones by number."""
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if key_node.value in ("key", "id") and isinstance(value_node, yaml.ScalarNode):
                return value_node.value if path == "columns" else f"{path}.{value_node.value}"
    return f"{path}[{number + 1}]"
