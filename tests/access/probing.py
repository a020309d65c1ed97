"""What a probe may and may not leave behind: public bytes, ledger rows, revisions, writes."""

import re
from contextlib import contextmanager
from hashlib import sha256

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Page, Revision

from page_types.models import PortalDocument
from page_types.publication.addresses import path_of
from page_types.publication.models import Entry, Event, ShownFile, Text
from page_types.publication.snapshot import snapshot

#: Tables of housekeeping: who is signed in, who has which page open, who is told of comments.
HOUSEKEEPING = {
    "django_session", "wagtailadmin_editingsession", "wagtailcore_pagesubscription",
}  # fmt: skip
_WRITE = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)
#: An empty feed says that it was built now (Django's feed generator).
_NOW = re.compile(rb"<lastBuildDate>[^<]*</lastBuildDate>")
_LEDGER = ("Column", "ColumnPath", "Entry", "Listing", "Pointer", "ShownFile", "Address")


@contextmanager
def undone():
    """A savepoint that is rolled back: what happens inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writes():
    """Collects the names of the tables that were written to, housekeeping left out."""
    found = set()

    def note(execute, sql, params, many, context):
        if written := _WRITE.match(sql):
            found.add(written[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
    found -= HOUSEKEEPING


def public_addresses():
    """Every address that a visitor can ask for now: doors, feeds, columns, pages, files."""
    site = snapshot()
    yield from ("/", "/site-map/", "/sitemap.xml", "/sitemap-0.xml", "/robots.txt")
    yield from (node.url for node in site.walk())
    yield from (f"/feeds/{node.key}.xml" for node in site.walk())
    for entry in Entry.objects.exclude(slug=""):
        yield path_of(site, entry)
        yield from (file.url for file in entry.files.all())
        if entry.type == "page_types.policypage":
            yield f"/history/{entry.pk}/"


def public_output(addresses):
    """Address -> digest of status and bytes, as an anonymous visitor gets them."""
    visitor = Client(raise_request_exception=False)
    return {address: _answer(visitor, address) for address in addresses}


def _answer(visitor, address):
    answer = visitor.get(address)
    content = b"".join(answer) if answer.streaming else answer.content
    content = _NOW.sub(b"", content)
    return f"{answer.status_code} {sha256(content).hexdigest()[:16]}"


def ledger_rows():
    """Every row of the ledger, addresses included."""
    rows = {
        name: sorted(map(repr, apps.get_model("publication", name).objects.values()))
        for name in _LEDGER
    }
    rows["Event"] = list(Event.objects.values_list("number", flat=True))
    rows["Text"] = sorted(Text.objects.values_list("digest", flat=True))
    return rows


def shown_files():
    """Public documents whose row is still there: with the row the file would go."""
    shown = ShownFile.objects.filter(kind="document").values_list("object_id", flat=True)
    return set(PortalDocument.objects.filter(pk__in=shown).values_list("pk", flat=True))


def kept_texts():
    """Revision -> digest of its content: what people have written."""
    return {
        pk: sha256(repr(sorted(content.items())).encode()).hexdigest()
        for pk, content in Revision.objects.values_list("pk", "content")
    }


class Before:
    """How things stood before a probe, and what has come to differ since."""

    def __init__(self, scene):
        self.pages = {page.pk: page.title for page in scene.pages}
        self.addresses = list(dict.fromkeys(public_addresses()))
        self.output = public_output(self.addresses)
        assert all(answer.startswith("200") for answer in self.output.values()), self.output
        self.ledger = ledger_rows()
        self.files = shown_files()
        assert self.files
        self.texts = kept_texts()
        self.newest = dict(Page.objects.values_list("pk", "latest_revision_id"))
        self.departments = self._departments()
        self.in_review = {scene.waiting.pk, scene.foreign_waiting.pk}

    @staticmethod
    def _departments():
        return dict(
            apps.get_model("page_types", "PortalPage").objects.values_list("pk", "department_id")
        )

    def public_differences(self, *, reserving=False):
        """What visitors see, or the ledger says, otherwise than before.

        `reserving`: a submission may reserve its address.
        """
        now = public_output(self.addresses)
        found = [
            f"{address}: {self.output[address]} -> {now[address]}"
            for address in self.addresses
            if now[address] != self.output[address]
        ]
        rows = ledger_rows()
        if reserving:
            rows["Address"] = self.ledger["Address"]
        found += [f"ledger: {name}" for name in rows if rows[name] != self.ledger[name]]
        return found + [f"file: {name}" for name in self.files - shown_files()]

    def lost_texts(self, writes_of=()):
        """Texts gone or rewritten; newest drafts replaced by somebody who may not write them.

        `writes_of`: the departments for which the probing person writes. What is under review
        nobody may replace.
        """
        now = kept_texts()
        found = [f"revision {pk} lost" for pk in self.texts if now.get(pk) != self.texts[pk]]
        newest = dict(Page.objects.values_list("pk", "latest_revision_id"))
        departments = self._departments()
        for pk, title in self.pages.items():
            mine = self.departments[pk] in writes_of and pk not in self.in_review
            if newest.get(pk) != self.newest[pk] and not (mine and pk in newest):
                found.append(f"newest draft of “{title}” replaced")
            if departments.get(pk) != self.departments[pk]:
                found.append(f"department of “{title}” changed")
        return found
