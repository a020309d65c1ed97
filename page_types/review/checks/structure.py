"""How a text is built, for those who hear it instead of seeing it: pictures, tables, headings."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.review.checks.anchors import block_anchor
from page_types.review.checks.registry import Problem, Severity, register

_HEADING = re.compile(r"<h([2-6])\b[^>]*>(.*?)</h\1>", re.S)
_TAG = re.compile(r"<[^>]*>")


def blocks_of(value, number=""):
    """(type or "", value, id of the nearest block) of all blocks of a text, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from blocks_of(item, number)
    elif isinstance(value, dict):
        if "type" in value and "value" in value:
            number = value.get("id") or number
            yield value["type"], value["value"], number
            yield from blocks_of(value["value"], number)
        else:
            for item in value.values():
                if isinstance(item, (dict, list)):
                    yield "", item, number
                    yield from blocks_of(item, number)


def _pictures(value, number=""):
    """(block with a picture, id of the nearest block), in any stream of a text, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from _pictures(item, number)
    elif isinstance(value, dict):
        if "image" in value and "alternative_text" in value:
            yield value, number
        number = value.get("id") or number
        for item in value.values():
            yield from _pictures(item, number)


@register(
    name="alternative_text", label=gettext_lazy("图片的替代文字"),
    help=gettext_lazy("写给看不到图片的人"),
)  # fmt: skip
def figures_have_alternative_text(text, page):
    """A picture without alternative text says nothing to those who cannot see it."""
    for field, value in text.data.items():
        for order, (block, number) in enumerate(_pictures(value), 1):
            if not (block.get("alternative_text") or "").strip():
                yield Problem(
                    field,
                    _("第 %(number)s 张图片没有替代文字") % {"number": order},
                    mend=_("用一句话写出图中有什么。"),
                    anchor=block_anchor(number),
                )


@register(
    name="table_headers", label=gettext_lazy("表格的表头"), severity=Severity.SHOULD,
    help=gettext_lazy("没有表头的表格，读屏软件念不出哪一格是什么"),
)  # fmt: skip
def tables_have_headers(text, page):
    """A table says which row or column heads it."""
    for field, value in text.data.items():
        tables = [
            (table, number)
            for _type, table, number in blocks_of(value)
            if isinstance(table, dict) and isinstance(table.get("data"), list)
        ]
        for order, (table, number) in enumerate(tables, 1):
            if not (table.get("first_row_is_table_header") or table.get("first_col_is_header")):
                yield Problem(
                    field,
                    _("第 %(number)s 个表格没有表头") % {"number": order},
                    mend=_("在表格上方选择哪一行（列）是表头。"),
                    anchor=block_anchor(number),
                )


@register(
    name="heading_order", label=gettext_lazy("小标题的层次"), severity=Severity.SHOULD,
    help=gettext_lazy("小标题逐级使用，不跳级"),
)  # fmt: skip
def headings_follow_each_other(text, page):
    """The title is h1, a heading block h2; each deeper level needs the one above it before."""
    for field, value in text.data.items():
        if not isinstance(value, list):
            continue
        level = 1
        for kind, content, number in _top_blocks(value):
            if kind == "heading" and isinstance(content, str):
                level = 2
            elif kind == "paragraph" and isinstance(content, str):
                for found in _HEADING.finditer(content):
                    own = int(found.group(1))
                    if own > level + 1:
                        yield Problem(
                            field,
                            _("小标题“%(words)s”跳了一级")
                            % {"words": _TAG.sub("", found.group(2))[:20]},
                            mend=_("先用“小标题”段落，再在正文里用下一级标题。"),
                            anchor=block_anchor(number),
                        )
                    level = own


def _top_blocks(value):
    return [
        (item["type"], item["value"], item.get("id") or "")
        for item in value
        if isinstance(item, dict) and "type" in item and "value" in item
    ]
