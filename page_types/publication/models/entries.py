"""What is public now: entries, where they are listed and found, what they show and point at."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Department
from page_types.publication.models.columns import Column
from page_types.publication.models.events import Event, Text


class Entry(models.Model):
    """条目: one public page as it stands. Written by `publish()` alone; lists never load `text`."""

    page_id = models.BigIntegerField(primary_key=True)
    type = models.CharField(max_length=100)
    column = models.ForeignKey(Column, models.PROTECT, related_name="entries")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=255, blank=True)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    shown_at = models.DateTimeField()
    first_published_at = models.DateTimeField()
    text = models.ForeignKey(Text, models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    # Facts that the ledger gives at first publication and no text may change (索引号).
    facts = models.JSONField(default=dict)
    # What lists show of the text beside title and summary; made anew at each publication.
    line = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("公开条目")
        verbose_name_plural = _("公开条目")
        constraints = [
            models.UniqueConstraint(fields=["column", "slug"], name="entry_once_a_place")
        ]

    def __str__(self):
        return self.title


class Listing(models.Model):
    """An entry in a column's list: its own column's, and each it is also shown in (sealed)."""

    column = models.ForeignKey(Column, models.PROTECT, related_name="listings")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="listings")
    # The column's kind, so that "the newest of a kind" (home page) is one walk along an index.
    kind = models.CharField(max_length=40)
    shown_at = models.DateTimeField()
    own = models.BooleanField(default=True)
    # 置顶: 0 for none, higher ones stand above; until the end of a day (`pins.py`).
    pinned = models.PositiveSmallIntegerField(default=0)
    pinned_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["column", "entry"], name="listing_once_a_column"),
            models.CheckConstraint(
                name="listing_pinned_for_a_time",
                condition=models.Q(pinned=0, pinned_until=None)
                | models.Q(pinned__gt=0, pinned_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["column", "-shown_at", "-entry"], name="listing_newest_first"),
            models.Index(fields=["kind", "-shown_at", "-entry"], name="listing_newest_of_kind"),
            # The column's own list, pinned lines first: still one walk, however deep the page.
            models.Index(
                fields=["column", "-pinned", "-shown_at", "-entry"], name="listing_pinned_first"
            ),
        ]

    def __str__(self):
        return f"{self.column_id}: {self.entry_id}"


class Facet(models.Model):
    """By what a public page is found in the catalogue: (genre, notice), (year, 2016) …"""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=64)
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "name", "value"], name="facet_once")
        ]
        indexes = [
            models.Index(fields=["name", "value", "-shown_at", "-entry"], name="facet_newest_first")
        ]

    def __str__(self):
        return f"{self.entry_id}: {self.name}={self.value}"


class Address(models.Model):
    """An address of a page in a column; reserved at submission, never given to another page."""

    column = models.ForeignKey(Column, models.PROTECT, related_name="addresses")
    slug = models.SlugField(max_length=255)
    page_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["column", "slug"], name="address_once")]

    def __str__(self):
        return f"{self.column_id}/{self.slug} -> {self.page_id}"


class Pointer(models.Model):
    """A public text points at another page, in a role (the path of the field or block)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="pointers")
    role = models.CharField(max_length=255)
    # What the pointing text says of the relation: `repeals`, `drafting_note`.
    relation = models.CharField(max_length=40, blank=True)
    # Without a constraint: the page pointed at need not be public (yet), and no cascade reaches us.
    to_page = models.ForeignKey(
        Entry, models.DO_NOTHING, db_constraint=False, related_name="pointed_at_by"
    )

    def __str__(self):
        return f"{self.entry_id} -{self.role}-> {self.to_page_id}"


class FileKind(models.TextChoices):
    """What kind of file a text shows."""

    DOCUMENT = "document", _("文档")
    IMAGE = "image", _("图片")


class AbstractShownFile(models.Model):
    """A file as a text shows it: where its bytes lie and what they hash to, not what a row says."""

    kind = models.CharField(max_length=10, choices=FileKind.choices)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=500)
    title = models.CharField(max_length=255)
    sha1 = models.CharField(max_length=40)
    size = models.BigIntegerField(default=0)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["kind", "object_id"])]

    def __str__(self):
        return self.title

    @property
    def key(self):
        """What a seal binds: the object, the stored name and the bytes."""
        return [self.kind, self.object_id, self.name, self.sha1]

    # The names that templates know from Wagtail's documents.

    @property
    def url(self):
        """Where visitors get a document."""
        return reverse("shown_document", args=[self.object_id])

    @property
    def file_extension(self):
        """`pdf`, without the dot."""
        return self.name.rpartition(".")[2].lower()

    @property
    def file_size(self):
        """Bytes."""
        return self.size


class ShownFile(AbstractShownFile):
    """A file that a public entry shows; visitors get a document only by such a row."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="files")
