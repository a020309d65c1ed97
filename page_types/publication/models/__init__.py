"""Tables of the reading side, one subject a module."""

from page_types.publication.models.announcements import Announcement, Mourning
from page_types.publication.models.columns import Column, ColumnPath
from page_types.publication.models.counters import Counter
from page_types.publication.models.entries import (
    Address,
    Entry,
    Facet,
    Listing,
    Pointer,
    ShownFile,
)
from page_types.publication.models.events import Event, Text
from page_types.publication.models.measures import Measure, ReasonKind
from page_types.publication.models.schedule import JobRun, Schedule
from page_types.publication.models.seals import Chain, RecordChain, Seal, SealedFile

__all__ = [
    "Address",
    "Announcement",
    "Chain",
    "Column",
    "ColumnPath",
    "Counter",
    "Entry",
    "Event",
    "Facet",
    "JobRun",
    "Listing",
    "Measure",
    "Mourning",
    "Pointer",
    "ReasonKind",
    "RecordChain",
    "Schedule",
    "Seal",
    "SealedFile",
    "ShownFile",
    "Text",
]
