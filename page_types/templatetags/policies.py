"""Filters for policy documents in lists. None of them asks the database."""

from django import template

from page_types.policy import validity_of

register = template.Library()


@register.filter
def validity(line):
    """(name, label) of the validity today of a document, from its line; None for other pages."""
    return validity_of(line) if line and line.get("validity") else None
