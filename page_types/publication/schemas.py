"""Texts of earlier releases: upgraded on reading, never rewritten, so that they render for ever.

A renamed field would silently come back empty and an unknown block silently vanish (measured):
whoever changes a page type raises its `text_schema` and registers what leads there.
"""

from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField

_upgrades = {}


def upgrades(model_label, schema):
    """Register a function (dict -> dict) that lifts texts of `schema` to the next number."""

    def register(function):
        _upgrades[model_label.lower(), schema] = function
        return function

    return register


def upgrade(model, schema, data):
    """The data of a stored text in the present shape of its model."""
    while schema < model.text_schema:
        if step := _upgrades.get((model._meta.label_lower, schema)):
            data = step(data)
        schema += 1
    return data


def check_known(model, data):
    """Raise LookupError when a stored text has a field or block that its model has no longer."""
    fields = {field.name: field for field in model._meta.get_fields()}
    fields |= {
        relation.get_accessor_name(): relation
        for relation in model._meta.related_objects
        if relation.get_accessor_name()
    }
    for name, value in data.items():
        if name not in fields:
            raise LookupError(f"{model._meta.label}: unknown field {name!r} in a published text")
        if isinstance(fields[name], StreamField):
            _check_block(fields[name].stream_block, value, f"{model._meta.label}.{name}")


def _check_block(block, value, where):
    if isinstance(block, StreamBlock):
        for child in value or []:
            inner = block.child_blocks.get(child["type"])
            if inner is None:
                raise LookupError(f"{where}: unknown block {child['type']!r} in a published text")
            _check_block(inner, child["value"], f"{where}.{child['type']}")
    elif isinstance(block, StructBlock):
        for name, child in (value or {}).items():
            inner = block.child_blocks.get(name)
            if inner is None:
                raise LookupError(f"{where}: unknown block {name!r} in a published text")
            _check_block(inner, child, f"{where}.{name}")
    elif isinstance(block, ListBlock):
        for child in value or []:
            inner = child["value"] if isinstance(child, dict) and "value" in child else child
            _check_block(block.child_block, inner, where)
