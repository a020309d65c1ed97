"""Translations: every Chinese text that visitors may see has its English, every .mo fits its .po.

`--compile` adds what is missing to locale/en (empty, to be filled in) and writes the .mo files. In
pure Python, so that no machine needs the gettext programs; the .mo files are committed.
"""

import ast
import re
import sys

import polib
from django.utils.translation.template import templatize

from machine import ROOT
from saying import guarded, say
from site_build import ROOMS

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
#: Rooms whose texts only the staff sees: the admin is Chinese in every language of the site.
STAFF_ONLY = (
    "page_types/review/", "page_types/organisation/", "page_types/files/",
    "extensions/credit/desk", "extensions/credit/templates/ext_credit/desk/",
    "extensions/credit/templates/review/", "extensions/credit/services.py",
    "extensions/credit/statements.py", "extensions/credit/clock.py",
    "extensions/credit/importers.py", "extensions/credit/validation.py",
    "extensions/credit/office_tables.py", "extensions/credit/reporting.py",
    "extensions/credit/reverting.py", "extensions/credit/wagtail_hooks.py",
    "extensions/credit/party.py", "extensions/credit/publicity.py", "extensions/credit/taking.py",
    "extensions/credit/models/lists.py", "extensions/credit/models/records.py",
    "exports/desk/", "exports/templates/exports/desk/", "exports/models.py",
    "exports/background.py", "exports/desk_lists.py", "exports/telling.py",
    "exports/templates/review/", "extensions/error_reports/tables.py",
    "extensions/subscriptions/tables.py",
    "extensions/manuscripts/", "extensions/base/models.py", "extensions/base/reviewing.py",
    "extensions/base/wagtail_hooks.py", "extensions/base/templates/review/",
    "extensions/base/records/", "extensions/base/templates/ext_base/records/",
    "search/desk/", "search/templates/search/desk/", "search/backends/", "search/documents.py",
    "search/vocabulary_models.py", "search/log_models.py", "search/wagtail_hooks.py",
    "search/first_words.py", "search/joining.py",
)  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w*\}|(?<!%)%[sd]")
# function -> positions of (context, singular, plural) among its arguments
CALLS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALLS |= {f"{name}_lazy": places for name, places in list(CALLS.items())}
CALLS |= {"_": CALLS["gettext"], "gettext_noop": CALLS["gettext"]}
IN_TEMPLATE = re.compile(r"\b(?:_|n?p?gettext)\(")


def _literal(arguments, place):
    if place is None or place >= len(arguments):
        return None
    node = arguments[place]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _calls(tree):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        if name not in CALLS:
            continue
        context, text, plural = (_literal(node.args, place) for place in CALLS[name])
        if text and CHINESE.search(text):
            yield (context, text, plural), node.lineno


def in_python(source):
    """(context, text, plural), line — of each literal gettext call of a Python file."""
    return _calls(ast.parse(source))


def in_template(source):
    """The same of a template, by way of Django's own rewriting of its tags into calls."""
    code = templatize(source)
    for found in IN_TEMPLATE.finditer(code):
        line = code.count("\n", 0, found.start()) + 1
        for end in (m.end() for m in re.finditer(r"\)", code[found.start() :])):
            try:
                tree = ast.parse(code[found.start() : found.start() + end].strip())
            except SyntaxError:
                continue
            for message, _ in _calls(tree):
                yield message, line
            break


def used():
    """Map of (context, text, plural) of visitors' rooms -> where it is used first."""
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if "/".join(parts).startswith(STAFF_ONLY):
                continue
            if path.suffix == ".py" and "migrations" not in parts:
                read = in_python
            elif "templates" in parts and path.suffix in {".html", ".txt", ".xml"}:
                read = in_template
            else:
                continue
            for message, line in read(path.read_text(encoding="utf-8")):
                found.setdefault(message, f"{'/'.join(parts)}:{line}")
    return found


def _translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def problems_of_texts(catalogue, messages):
    """What is missing, uncertain, or would break its placeholders."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    for (context, text, _plural), where in messages.items():
        entry = entries.get((context, text))
        if entry is None or not all(_translations(entry)):
            yield f"{where}: 缺英文 / no English: {text!r}"
        elif "fuzzy" in entry.flags:
            yield f"{where}: 译文待确认 / fuzzy: {text!r}"
        else:
            wanted = set(PLACEHOLDER.findall(text))
            for english in _translations(entry):
                if set(PLACEHOLDER.findall(english)) - wanted:
                    yield f"{where}: 占位符不一致 / placeholders differ: {text!r} -> {english!r}"


def _content(messages):
    return {
        (entry.msgctxt, entry.msgid): _translations(entry)
        for entry in messages
        if not entry.obsolete and "fuzzy" not in entry.flags and all(_translations(entry))
    }


def problems_of_compiled():
    """Catalogues whose .mo is missing or was compiled from another state."""
    for path in sorted((ROOT / "locale").rglob("*.po")):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or _content(polib.mofile(compiled)) != _content(
            polib.pofile(path)
        ):
            yield f"{compiled.relative_to(ROOT)}: 未编译或已过期，请运行 make messages / stale"


def write(messages):
    """Add missing entries to the English catalogue, compile every catalogue."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.pofile(CATALOGUE) if CATALOGUE.exists() else polib.POFile(wrapwidth=98)
    catalogue.metadata = catalogue.metadata or {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    for context, text, plural in messages:
        if (context, text) not in known:
            forms = {"msgid_plural": plural, "msgstr_plural": {0: "", 1: ""}} if plural else {}
            catalogue.append(polib.POEntry(msgctxt=context, msgid=text, **forms))
    catalogue.save(CATALOGUE)
    for path in sorted((ROOT / "locale").rglob("*.po")):
        polib.pofile(path).save_as_mofile(path.with_suffix(".mo"))


def main():
    messages = used()
    if "--compile" in sys.argv[1:]:
        write(messages)
    catalogue = polib.pofile(CATALOGUE) if CATALOGUE.exists() else []
    problems = [*problems_of_texts(catalogue, messages), *problems_of_compiled()]
    for problem in problems:
        say(problem)
    say(f"译文 / messages: {len(messages)}，问题 / problems: {len(problems)}")
    return 1 if problems else 0


if __name__ == "__main__":
    guarded(main)
