"""The short way in which texts of the demonstration are written, and the blocks it becomes.

## 小标题
一段文字，空一行是下一段。[[键|文字]] 指向已载入的另一条，[文字](https://…) 指向站外。
- 一项
1. 有次序的一项
"""

import re
from html import escape

_INNER = re.compile(r"\[\[([^\]|]+)\|([^\]]+)\]\]")
_OUTER = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_LISTS = (("ul", re.compile(r"- +(.+)")), ("ol", re.compile(r"\d+\. +(.+)")))


def inline(text, number_of):
    """Words with links and bold as HTML; `number_of(key)` is the page of a key."""
    html = escape(text, quote=False)
    html = _INNER.sub(
        lambda found: f'<a linktype="page" id="{number_of(found[1])}">{found[2]}</a>', html
    )
    html = _OUTER.sub(r'<a href="\2">\1</a>', html)
    return _BOLD.sub(r"<b>\1</b>", html)


def rich(text, number_of):
    """Paragraphs and lists as HTML."""
    return "".join(html for name, html in _parts(text, number_of) if name == "paragraph")


def blocks(text, number_of):
    """[(block name, value)]: headings, and what stands between two of them as one paragraph."""
    found = []
    for name, value in _parts(text, number_of):
        if name == "paragraph" and found and found[-1][0] == "paragraph":
            found[-1] = (name, found[-1][1] + value)
        else:
            found.append((name, value))
    return found


def _parts(text, number_of):
    for chunk in re.split(r"\n\s*\n|\n(?=## )|(?<=\n)(?=(?:- |1\. ))", text.strip()):
        lines = [line.strip() for line in chunk.strip().splitlines()]
        if not lines:
            continue
        if lines[0].startswith("## "):
            yield "heading", lines.pop(0)[3:].strip()
        if not lines:
            continue
        for tag, shape in _LISTS:
            items = [shape.fullmatch(line) for line in lines]
            if all(items):
                rows = "".join(f"<li>{inline(item[1], number_of)}</li>" for item in items)
                yield "paragraph", f"<{tag}>{rows}</{tag}>"
                break
        else:
            yield "paragraph", f"<p>{inline(''.join(lines), number_of)}</p>"
