"""The words of a file, for the publish checks: bounded, and never raising on hostile files."""

import time
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext_lazy

from page_types.files import pdf_reading
from page_types.files.errors import FileRefused
from page_types.files.kinds import decoded, kind_of
from page_types.files.limits import limit
from page_types.files.packages import unpack
from page_types.files.words import WORDS_OF_PARTS, Enough, Paper

#: Why the text of a file is not (wholly) known.
PROBLEMS = {
    "partial": gettext_lazy("文件较长，只读了前面一部分"),
    "no_text": gettext_lazy("没有可读的文字（可能是扫描件）"),
    "unreadable": gettext_lazy("读不出文字"),
    "encrypted": gettext_lazy("设有密码，打不开"),
    "slow": gettext_lazy("读取超时"),
}


@dataclass(frozen=True)
class Reading:
    """What was read. `problem`: "" or a key of `PROBLEMS`; `pages`: of a PDF, else None."""

    text: str = ""
    problem: str = ""
    pages: int | None = None


def read(content):
    """The Reading of these bytes. Never raises."""
    try:
        kind = kind_of(content).key
        if kind == "pdf":
            return Reading(**pdf_reading.read(content))
        if kind == "encrypted":
            return Reading(problem="encrypted")
        return _read(content, kind)
    except FileRefused as refused:
        return Reading(problem="encrypted" if refused.encrypted else "unreadable")
    # A hostile file finds the fault nobody thought of; its words are then unknown, no more.
    except Exception:  # noqa: BLE001  hostile in a way nobody thought of
        return Reading(problem="unreadable")


def text_of_file(stored):
    """The text of a stored file (Django's File, or bytes); "" where it cannot be read."""
    if isinstance(stored, bytes):
        return read(stored).text
    try:
        with stored.open("rb") as file:
            return read(file.read()).text
    except (OSError, ValueError):
        return ""


def _read(content, kind, depth=0, paper=None):
    paper = paper or _paper()
    problem = ""
    try:
        if kind in ("text", "xml"):
            paper.write(decoded(content) or "")
        elif kind == "html":
            _Html(paper).feed(decoded(content) or "")
        elif kind in WORDS_OF_PARTS:
            WORDS_OF_PARTS[kind](unpack(content), paper)
        elif kind == "zip" and depth == 0:
            problem = _archive(content, paper)
        elif kind == "ole":
            problem = "unreadable"
    except Enough as enough:
        problem = enough.reason
    return Reading(paper.text(), problem)


def _paper():
    return Paper(limit("PORTAL_FILE_TEXT"), time.monotonic() + limit("PORTAL_FILE_SECONDS"))


def _archive(content, paper):
    problems = set()
    for name, data in unpack(content).items():
        paper.write(name)
        kind = kind_of(data).key
        if kind == "pdf":
            found = pdf_reading.read(data)
            paper.write(found["text"])
            problems.add(found["problem"])
        else:
            problems.add(_read(data, kind, depth=1, paper=paper).problem)
    return next((problem for problem in PROBLEMS if problem in problems), "")


class _Html(HTMLParser):
    """Writes what a reader of a page sees, and titles and alternative texts."""

    def __init__(self, paper):
        super().__init__(convert_charrefs=True)
        self.paper, self.hidden = paper, 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style")
        for key, value in attributes:
            if value and key in ("title", "alt", "value", "placeholder", "content"):
                self.paper.write(value)

    def handle_endtag(self, tag):
        self.hidden = max(0, self.hidden - (tag in ("script", "style")))

    def handle_data(self, data):
        if not self.hidden and data.strip():
            self.paper.write(data)
