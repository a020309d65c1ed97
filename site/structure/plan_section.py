"""One mapping of the plan, read field by field: a misfit is reported and reading goes on."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from structure.plan_source import Marked, Problems, suggestion

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
LONGEST_NAME = 50
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Section:
    """Reads the fields of one mapping; what is missing or unreadable comes back as a default."""

    def __init__(self, marked: Marked, problems: Problems, known: tuple[str, ...]):
        self.path = marked.path
        self.start = marked.line
        self.problems = problems
        self.fields: dict[str, Marked] = {}
        if isinstance(marked.value, dict):
            self.fields = marked.value
        else:
            problems.add(
                marked.line,
                marked.path,
                "须为“键: 值”的一组",
                f"请写成 {{{known[0]}: …}}",
                "must be a mapping",
                f"write {{{known[0]}: …}}",
            )
        for name in self.fields:
            self.known(name, name, known, "键", "key")

    def line(self, field: str) -> int:
        """The line of a field, or of the mapping where the field is absent."""
        return self.fields[field].line if field in self.fields else self.start

    def report(self, field: str, what: str, mend: str, what_en: str, mend_en: str) -> None:
        """Report a problem of one field of this mapping."""
        key = ".".join(each for each in (self.path, field) if each)
        self.problems.add(self.line(field), key, what, mend, what_en, mend_en)

    def raw(self, field: str) -> Any:
        """The bare value, None where absent."""
        return self.fields[field].value if field in self.fields else None

    def missing(self, field: str) -> None:
        """Report a field that must be there and is not."""
        self.report(
            field,
            f"缺少 {field}",
            f"请补上 {field}: …",
            f"{field} is missing",
            f"add {field}: …",
        )

    def text(self, field: str, required: bool = False) -> str | None:
        """A non-empty text, or None."""
        value = self.raw(field)
        if value is None or value == "":
            if required:
                self.missing(field)
            return None
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.report(
            field,
            "须为文字",
            "请写成文字；数字、日期、yes/no 等请加引号",
            "must be text",
            "write text; put numbers, dates and yes/no in quotes",
        )
        return None

    def name(self, field: str, pattern: re.Pattern = NAME, required: bool = True) -> str | None:
        """A short identifier in readable ASCII, as used in addresses and tables."""
        return self.spelled(field, self.text(field, required), pattern)

    def spelled(self, field: str, value: str | None, pattern: re.Pattern = NAME) -> str | None:
        """The value, reported unless it has the form of an identifier."""
        if value and (not pattern.fullmatch(value) or len(value) > LONGEST_NAME):
            self.report(
                field,
                f"“{value}”须为小写字母、数字、连字符，以字母或数字开头，不超过 {LONGEST_NAME} 字",
                "请改为拼音首字母或英文，如 zcfg",
                f'"{value}" must be lower-case letters, digits and hyphens, starting with a letter '
                f"or digit, at most {LONGEST_NAME} long",
                "write pinyin initials or English, e.g. zcfg",
            )
        return value

    def known(self, field: str, word: str | None, known, noun: str, noun_en: str) -> None:
        """Report a word that is not among the known ones."""
        if word and word not in known:
            mend, mend_en = suggestion(word, known)
            self.report(
                field, f"未知的{noun}“{word}”", mend, f'unknown {noun_en} "{word}"', mend_en
            )

    def choice(self, field: str, known, default: str | None = None) -> str:
        """One of the known words; without a default the field is required."""
        value = self.text(field, required=default is None)
        self.known(field, value, known, "取值", "value")
        return value or default or ""

    def flag(self, field: str, default: bool = False) -> bool:
        """True or false."""
        value = self.raw(field)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.report(
            field,
            f"须为 true 或 false，不能是“{value if isinstance(value, (str, int)) else '…'}”",
            "请改为 true 或 false",
            "must be true or false",
            "write true or false",
        )
        return default

    def count(self, field: str, what: str, what_en: str, required: bool = False) -> int | None:
        """A positive whole number, or None."""
        value = self.raw(field)
        if value is None and not required:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        if value is None:
            self.missing(field)
            return None
        null = ("", "") if required else ("，不计则写 null", ", or null for none")
        self.report(
            field,
            f"{what}须为正整数",
            f"请改为正整数，如 14{null[0]}",
            f"{what_en} must be a positive whole number",
            f"write a number such as 14{null[1]}",
        )
        return None

    def names(self, field: str, required: bool = False) -> tuple[str, ...]:
        """A list of identifiers without repetition."""
        value = self.raw(field)
        if value is None or value == []:
            if required:
                self.missing(field)
            return ()
        items = [each.value for each in value] if isinstance(value, list) else None
        if items is None or not all(isinstance(each, str) for each in items):
            self.report(
                field,
                "须为标识的列表",
                "请写成 [a, b]",
                "must be a list of identifiers",
                "write [a, b]",
            )
            return ()
        for doubled in sorted({each for each in items if items.count(each) > 1}):
            self.report(
                field,
                f"“{doubled}”重复",
                "请只写一次",
                f'"{doubled}" is listed twice',
                "list it once",
            )
        return tuple(dict.fromkeys(items))

    def day(self, field: str) -> date | None:
        """A calendar day, or None."""
        value = self.raw(field)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and ISO_DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.report(
            field,
            "不是有效日期",
            "请写成 '2016-08-05' 的形式",
            "not a valid date",
            "write it as '2016-08-05'",
        )
        return None
