"""Files that public pages show, by their words: exactly those that were approved with the text."""

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from page_types.files import text_of_file
from page_types.models import PortalDocument
from page_types.publication.addresses import path_of
from page_types.publication.models import ShownFile
from page_types.publication.models.entries import FileKind
from page_types.publication.snapshot import snapshot
from search.making import document
from search.page_source import place_of
from search.page_words import data_of, titles_of_files
from search.sources import Source

NAME = KIND = "file"


class FileSource(Source):
    """A file of a page is `page/document`: one that two pages show is found with each."""

    follows_ledger = True

    def ids(self):
        shown = _shown().order_by("entry_id", "object_id").values_list("entry_id", "object_id")
        return (f"{page}/{file}" for page, file in shown.iterator())

    def ids_of(self, pages):
        """Those of these pages."""
        shown = _shown().filter(entry_id__in=pages).values_list("entry_id", "object_id")
        return [f"{page}/{file}" for page, file in shown]

    def documents(self, ids):
        ids = set(ids)
        pages = {each.partition("/")[0] for each in ids}
        shown = [
            file
            for file in _shown().filter(entry_id__in=pages).select_related("entry__text")
            if f"{file.entry_id}/{file.object_id}" in ids
        ]
        rows = PortalDocument.objects.defer(None).in_bulk({file.object_id for file in shown})
        return [_document(file, rows.get(file.object_id)) for file in shown]

    def shown(self, documents):
        site = snapshot()
        for each in documents:
            page = {"page_title": each.entry.title, "page_url": path_of(site, each.entry)}
            each.facts = {**each.facts, **page}
        return documents


source = FileSource(NAME, _("附件"), {KIND: _("附件")})


def _shown():
    return ShownFile.objects.filter(kind=FileKind.DOCUMENT)


def _document(file, row):
    title = titles_of_files(data_of(file.entry.text)).get(file.object_id, file.title)
    return document(
        NAME,
        f"{file.entry_id}/{file.object_id}",
        kind=KIND,
        title=title,
        url=file.url,
        body=_words(file, row),
        format=file.file_extension,
        facts={"size": file.size},
        **place_of(file.entry),
    )


def _words(file, row):
    """The words of the very bytes that were approved; the kept ones where they are of these."""
    if row is not None and row.file.name == file.name and row.file_hash in ("", file.sha1):
        return row.words()
    if not default_storage.exists(file.name):
        return ""
    with default_storage.open(file.name) as stored:
        return text_of_file(stored)
