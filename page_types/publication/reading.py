"""What one public response reads, gathered beforehand: columns, pages pointed at, files, pictures.

Link handlers and template tags ask the reading in force instead of the database, so that the number
of queries does not grow with the number of links and pictures in a text.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from page_types.publication.addresses import path_of
from page_types.publication.lists import row_of
from page_types.publication.models import Entry, Pointer
from page_types.publication.models.entries import FileKind
from page_types.publication.snapshot import snapshot

_current = ContextVar("publication_reading", default=None)

#: (field that points, relation) -> heading on the page that points, and on the other one
ROLES = {
    ("interprets", ""): (_("解读的文件"), _("政策解读")),
    ("related_documents", "drafting_note"): (_("起草说明"), _("对应的政策文件")),
    ("related_documents", "amends"): (_("本文件修改的文件"), _("修改本文件的文件")),
    ("related_documents", "repeals"): (_("本文件废止的文件"), _("废止本文件的文件")),
    ("related_documents", ""): (_("相关文件"), _("相关文件")),
    ("successor", ""): (_("取代本文件的文件"), _("本文件取代的文件")),
    ("article", ""): (_("原文"), _("政务新媒体发布")),
}


class Reading:
    """The gathered facts of one response. `entry` and `text` are None on doors."""

    def __init__(self, site=None, entry=None, text=None):
        self.site = site or snapshot()
        self.entry, self.text = entry, text
        self.preview = False
        self._targets = self._pointing = self._files = self._renditions = None

    def _read_pointers(self):
        self._targets, self._pointing = {}, []
        if self.entry is None:
            return
        pointers = Pointer.objects.select_related(
            "entry__department", "to_page__department"
        ).filter(Q(entry_id=self.entry.pk) | Q(to_page_id=self.entry.pk))
        for pointer in pointers:
            if pointer.entry_id == self.entry.pk:
                self._targets[pointer.to_page_id] = pointer.to_page
            self._pointing.append(pointer)

    def target(self, page_id):
        """The entry of a page that the text points at, or None while that is not public."""
        if self._targets is None:
            self._read_pointers()
        if page_id not in self._targets and (self.preview or self.entry is None):
            self._targets[page_id] = (
                Entry.objects.select_related("department").filter(pk=page_id).first()
            )
        return self._targets.get(page_id)

    def url_of(self, page_id):
        """Public path of a page pointed at, or None."""
        entry = self.target(page_id)
        return path_of(self.site, entry) if entry else None

    def related(self):
        """Heading -> lines of related pages, in both directions."""
        if self._targets is None:
            self._read_pointers()
        found = {}
        for pointer in self._pointing:
            field = pointer.role.split(".")[0]
            names = ROLES.get((field, pointer.relation)) or ROLES.get((field, ""))
            if names is None:
                continue
            outward = pointer.entry_id == self.entry.pk
            other = pointer.to_page if outward else pointer.entry
            rows = found.setdefault(names[0 if outward else 1], [])
            row = row_of(self.site, other)
            if row not in rows:
                rows.append(row)
        return found

    def by_role(self, field, relation="", outward=True):
        """The lines of pages that the entry's `field` points at (or that so point at the entry)."""
        if self._targets is None:
            self._read_pointers()
        return [
            row_of(self.site, pointer.to_page if outward else pointer.entry)
            for pointer in self._pointing
            if pointer.role.split(".")[0] == field
            and relation in ("", pointer.relation)
            and (pointer.entry_id == self.entry.pk) is outward
        ]

    def files(self):
        """The files that the public entry shows."""
        if self._files is None:
            self._files = list(self.entry.files.all()) if self.entry is not None else []
        return self._files

    def rendition(self, image, image_filter):
        """The scaled picture; those of all pictures that the entry shows are read in one query."""
        if self._renditions is None:
            keys = [file.object_id for file in self.files() if file.kind == FileKind.IMAGE]
            self._renditions = {
                (rendition.image_id, rendition.filter_spec): rendition
                for rendition in image.get_rendition_model().objects.filter(image_id__in=keys)
            }
        key = (image.pk, image_filter.spec)
        if key not in self._renditions:
            self._renditions[key] = image.get_rendition(image_filter)
        return self._renditions[key]

    def document(self, document_id):
        """What the public knows of a document: the file as it was approved; None if not shown."""
        for file in self.documents():
            if file.object_id == document_id:
                return file
        return None

    def documents(self):
        """Those for download."""
        return [file for file in self.files() if file.kind == FileKind.DOCUMENT]


@contextmanager
def in_force(reading):
    """Link handlers and tags answer from `reading` within this block."""
    token = _current.set(reading)
    try:
        yield reading
    finally:
        _current.reset(token)


def reading_in_force():
    """The reading of the public response that is being made, or None."""
    return _current.get()


def current():
    """The reading in force; outside a public response a fresh one that looks things up singly."""
    return _current.get() or Reading()
