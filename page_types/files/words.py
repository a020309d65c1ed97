"""The words in the parts of office packages, part after part."""

import re
import time

from page_types.files.packages import unpack
from page_types.files.xml import walk


class Enough(Exception):
    """The limit of text or time is reached; `reason` is a key of `reading.PROBLEMS`."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Paper:
    """Where words are written down: at most so many characters, until a moment of `monotonic`."""

    def __init__(self, characters, until):
        self.left, self.until, self.lines = characters, until, []

    def write(self, text):
        """One line; raises Enough when the paper is full or the time is over."""
        text = storable(text)
        self.lines.append(text[: self.left])
        self.left -= len(text) + 1
        if self.left < 0:
            raise Enough("partial")
        self.look_at_the_clock()

    def look_at_the_clock(self):
        if time.monotonic() > self.until:
            raise Enough("slow")

    def text(self):
        return "\n".join(line for line in self.lines if line.strip())


def storable(text):
    """Without what no database takes: zero bytes and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


#: elements whose words count (None: all), by format
_OFFICE = {"t", "delText", "instrText", "v", "text", "author"}
_BREAKS = {"p", "br", "cr", "tr", "row", "comment", "h", "title", "table-row", "TextObject"}
_GAPS = {"tab", "c", "tc", "table-cell", "s", "line-break"}
#: attributes with words or numbers: alternative texts, names of sheets, a cell's whole number
_SPEAKING = re.compile(r"(.*\})?(value|string-value)|descr|name")

_WORD = re.compile(
    r"word/(?!(styles|settings|webSettings|fontTable|numbering|theme/[^/]*)\.xml).*\.xml", re.I
)
_SLIDES = re.compile(r"ppt/(slides|notesSlides|comments|charts|diagrams)/.*\.xml", re.I)
_BOOK = re.compile(r"xl/(?!(styles|sharedStrings|theme/[^/]*)\.xml).*\.xml", re.I)
_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml")
_EMBEDDED = re.compile(r".*/embeddings/.*\.(docx|xlsx|pptx)", re.I)


def _running(data, paper, texts=_OFFICE):
    """Running text: words joined within a paragraph, however they were cut into runs."""
    line, inside = [], 0
    for event, tag, value in walk(data):
        if event == "text":
            if inside or texts is None:
                line.append(value)
        elif event == "start":
            inside += texts is not None and tag in texts
            line += [f"{words}\t" for key, words in value.items() if _SPEAKING.fullmatch(key)]
        else:
            inside -= texts is not None and tag in texts
            if tag in _GAPS:
                line.append("\t")
            elif tag in _BREAKS:
                paper.write("".join(line))
                line = []
    paper.write("".join(line))


def _parts(wanted):
    """Reads the parts of a package whose names match, and packages embedded in it."""

    def read(parts, paper, depth=0):
        for name, data in parts.items():
            if wanted.fullmatch(name):
                _running(data, paper)
        _embedded(parts, paper, depth)

    return read


def _embedded(parts, paper, depth):
    for name, data in parts.items():
        if depth == 0 and (match := _EMBEDDED.fullmatch(name)):
            WORDS_OF_PARTS[match[1].lower()](unpack(data), paper, depth=1)


def _sheets(parts, paper, depth=0):
    shared = list(_shared(parts.get("xl/sharedStrings.xml", b""), paper))
    for name, data in parts.items():
        if _SHEET.fullmatch(name):
            _cells(data, paper, shared)
        elif _BOOK.fullmatch(name):
            _running(data, paper)
    _embedded(parts, paper, depth)


def _shared(data, paper):
    """The strings that cells point at by number."""
    words, inside = [], False
    for event, tag, value in walk(data):
        if event == "text" and inside:
            words.append(value)
        elif tag == "t":
            inside = event == "start"
        elif tag == "si" and event == "end":
            paper.look_at_the_clock()
            yield "".join(words)
            words = []


def _cells(data, paper, shared):
    """One line a row: a number is looked for in one cell, a name may stand beside it."""
    row, cell, kind, inside = [], [], None, False
    for event, tag, value in walk(data):
        if event == "text":
            if inside:
                cell.append(value)
        elif tag in ("v", "t"):
            inside = event == "start"
        elif event == "start" and tag == "c":
            kind, cell = value.get("t"), []
        elif event == "end" and tag == "c":
            row.append(_value("".join(cell), kind, shared))
        elif event == "end" and tag == "row":
            paper.write("\t".join(row))
            row = []


def _value(text, kind, shared):
    if kind != "s":
        return text
    return shared[int(text)] if text.isdecimal() and int(text) < len(shared) else ""


def _open_document(parts, paper, depth=0):
    for name in ("content.xml", "styles.xml"):
        _running(parts.get(name, b""), paper, texts=None)


def _ofd(parts, paper, depth=0):
    for name, data in parts.items():
        if name.endswith("/Content.xml") or "/Annots/" in name:
            _running(data, paper, texts={"TextCode"})


WORDS_OF_PARTS = {
    "docx": _parts(_WORD),
    "xlsx": _sheets,
    "pptx": _parts(_SLIDES),
    **dict.fromkeys(("odt", "ods", "odp"), _open_document),
    "ofd": _ofd,
}
