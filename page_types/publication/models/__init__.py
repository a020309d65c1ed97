"""Tables of the reading side, one subject a module."""

from page_types.publication.models.columns import Column, ColumnPath
from page_types.publication.models.counters import Counter
from page_types.publication.models.entries import Address, Entry, Listing, Pointer, ShownFile
from page_types.publication.models.events import Event, Text
from page_types.publication.models.seals import Chain, Seal, SealedFile

__all__ = [
    "Address",
    "Chain",
    "Column",
    "ColumnPath",
    "Counter",
    "Entry",
    "Event",
    "Listing",
    "Pointer",
    "Seal",
    "SealedFile",
    "ShownFile",
    "Text",
]
