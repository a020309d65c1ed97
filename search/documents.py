"""SearchDocument: what can be found, in one table for pages, files and records alike.

The rows are the truth that every engine's index is built from. They are made from sources
(`search/sources.py`), pages only from the ledger's approved texts.
"""

from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat, Substr
from django.utils.translation import gettext_lazy as _

#: What results are counted by, in the order of `Combination`; SEPARATOR stands in none of them.
FACETS = ("kind", "column_id", "department_id", "year", "validity", "format")
SEPARATOR = "|"
#: Characters of a title by which suggestions find it.
STARTS = 40
COUNTING = "search_document_counting"


def _facets():
    """The values of all facets as one text: counted thousands at a time, they are compared once."""
    parts = []
    for name in FACETS:
        text = Cast(name, models.CharField(max_length=40))
        parts += [Coalesce(text, models.Value("")), models.Value(SEPARATOR)]
    return Concat(*parts[:-1], output_field=models.CharField(max_length=160))


class SearchDocument(models.Model):
    """检索文档: one thing that a search may find, with its words, its facets and who may see it."""

    class Audience(models.TextChoices):
        """Who may find it."""

        PUBLIC = "public", _("公众")
        STAFF = "staff", _("工作人员")

    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    # The public page it belongs to and the publication (number of the event) it was made from: a
    # row whose publication is no longer the entry's is shown to nobody. Both empty for records.
    page_id = models.BigIntegerField(null=True, db_index=True)
    event_id = models.BigIntegerField(null=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    # Set in the transaction that takes something out of the public; the row itself goes afterwards.
    hidden = models.BooleanField(default=False)
    kind = models.CharField(max_length=40)
    column_id = models.BigIntegerField(null=True)
    department_id = models.BigIntegerField(null=True)
    year = models.SmallIntegerField(null=True)
    date = models.DateField(null=True)
    validity = models.CharField(max_length=20, blank=True)
    format = models.CharField(max_length=10, blank=True)
    # How much more (or less) it counts than others; added to the score.
    boost = models.FloatField(default=0)
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=500)
    document_number = models.CharField(max_length=100, blank=True)
    index_number = models.CharField(max_length=100, blank=True)
    # Tokens of title and body, for rankings that ask how long a document is.
    length = models.IntegerField(default=0)
    fingerprint = models.CharField(max_length=64)  # of all that the index is made of
    analysis = models.SmallIntegerField(default=0)  # ANALYSIS_VERSION it was folded by
    updated_at = models.DateTimeField(auto_now=True)
    # What a result shows besides (validity, time limit, post …); plain JSON.
    facts = models.JSONField(default=dict)
    summary = models.TextField(blank=True)
    title_folded = models.TextField()
    # Summary, words, captions: folded. Last, so that what lists and counts read comes first.
    body_folded = models.TextField(blank=True)
    body = models.TextField(blank=True)
    facets = models.GeneratedField(
        expression=_facets(), output_field=models.CharField(max_length=160), db_persist=True
    )
    # What suggestions look for; an index over whole titles would hold too much for a database.
    title_start = models.GeneratedField(
        expression=Substr("title_folded", 1, STARTS),
        output_field=models.CharField(max_length=STARTS),
        db_persist=True,
        db_index=True,
    )

    class Meta:
        verbose_name = _("检索文档")
        verbose_name_plural = _("检索文档")
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], name="search_document_once")
        ]
        indexes = [
            models.Index(fields=["-date", "-id"], name="search_document_newest"),
            # All that counting reads: without it a frequent word reads every document's row.
            models.Index(
                fields=["id", "hidden", "audience", "facets", "source", "date"], name=COUNTING
            ),
        ]

    def __str__(self):
        return self.title
