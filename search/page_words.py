"""The words of an approved text as its readers see them: every field, block, table and caption."""

import json
import re
from types import SimpleNamespace

from django.apps import apps
from django.db import models
from wagtail.contrib.table_block.blocks import TableBlock

from page_types.publication.schemas import upgrade
from page_types.review.changes import words
from page_types.review.leaves import leaves_of

#: Fields that stand elsewhere in a document, or that readers do not see as text.
ELSEWHERE = {"title", "summary", "seo_title", "search_description"}
#: Fields whose label says nothing that their text does not.
PLAIN = {"text", "lead"}
_SPACES, _LINES = re.compile(r"[^\S\n]+"), re.compile(r"\s*\n\s*")


def data_of(text):
    """The data of a stored Text in the present shape of its model."""
    model = apps.get_model(text.type)
    return upgrade(model, text.schema, json.loads(text.content))


def words_of(text_type, data, besides=""):
    """The words of a text's data, a line a piece; `besides` is what is indexed already.

    A single field comes with its label (联系电话：…), as the page shows it; the cells of a table's
    row stand in one line.
    """
    lines, row = [], None
    for leaf in leaves_of(SimpleNamespace(type=text_type, data=data)):
        if leaf.path[0] in ELSEWHERE or isinstance(leaf.holder, models.URLField):
            continue
        said = words(leaf.value) if leaf.is_rich else leaf.value.strip()
        if not said or said == besides:
            continue
        this = leaf.path[:-1] if isinstance(leaf.holder, TableBlock) else None
        if this is not None and this == row:
            lines[-1] += f" {said}"
        elif len(leaf.path) == 1 and leaf.path[0] not in PLAIN:
            lines.append(f"{leaf.label}：{said}")
        else:
            lines.append(said)
        row = this
    return _SPACES.sub(" ", _LINES.sub("\n", "\n".join(lines)))


def titles_of_files(data):
    """Document -> the name under which a text's readers see it."""
    found = {}

    def look(value):
        if isinstance(value, dict):
            if value.get("title") and isinstance(value.get("document"), int):
                found[value["document"]] = value["title"]
            value = value.values()
        elif not isinstance(value, list):
            return
        for item in value:
            look(item)

    look(data)
    return found
