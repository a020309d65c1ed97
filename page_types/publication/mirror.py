"""Wagtail's page row after a publication: a copy of the ledger for the admin, never a source."""

import json

from django.db.models import CharField, SlugField, TextField
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from page_types.publication.models import Entry, ReasonKind
from page_types.publication.texts import _stream_fields, canonical, content_of
from page_types.publication.versions import page_of

#: Where the page stands in the tree: no words of anybody.
_ADDRESS = {"path", "url_path"}
#: The title of a page without words. Data, and for the admin alone: in Chinese whoever blanks it.
CLEARED = "（涉及个人信息，已清除）"


def mirror(model, text, event):
    """Make the page row say what the ledger says, keeping newer drafts and running reviews."""
    # The base row, where drafts leave their pointer; `of=("self",)` is the type's own table only.
    Page.objects.select_for_update().get(pk=text.page_id)
    row = model.objects.select_for_update(of=("self",)).get(pk=text.page_id)
    latest = row.get_latest_revision()
    newer_draft = (
        latest is not None
        and latest.pk != text.revision_id
        and canonical(content_of(model, latest.content)) != text.content
    )
    data = {**row.serializable_data(), **_for_the_row(model, text)}
    page = row.with_content_json(data)
    page.live = True
    page.expired = False
    page.has_unpublished_changes = newer_draft
    page.draft_title = row.draft_title if newer_draft else page.title
    # An earlier text, published again, is no revision that could be named; the plan's is.
    page.live_revision_id = text.revision_id or (
        row.live_revision_id if model.is_column_text else None
    )
    page.first_published_at = row.first_published_at or event.at
    page.last_published_at = event.at
    page.save(clean=False)
    log(
        instance=page,
        action="wagtail.publish",
        user=event.who,
        revision=page.live_revision,
        data={"event": event.number},
        content_changed=True,
    )


def mirror_withdrawal(event):
    """The page row of a withdrawn page is a draft like others: its texts and reviews stay."""
    row = Page.objects.select_for_update().get(pk=page_of(event)).specific
    row.live, row.expired = False, event.detail["reason_kind"] == ReasonKind.EXPIRED
    row.has_unpublished_changes, row.live_revision = True, None
    fields = ["live", "expired", "has_unpublished_changes", "live_revision"]
    row.save(update_fields=fields, clean=False)
    log(instance=row, action="wagtail.unpublish", user=event.who, data={"event": event.number})


def mirror_blanking(page_id, until):
    """Remove the words of every draft of the page made up to `until`, and of a row not public anew.

    Revisions keep who wrote them and when: the proofs of later reviews ask for no more.
    """
    page = Page.objects.select_for_update().get(pk=page_id)
    model, drafts = page.specific_class, Revision.page_revisions.filter(object_id=str(page_id))
    for draft in drafts.filter(created_at__lte=until).iterator():
        # Past `save()`: a revision without words is no new draft, and nobody is told of one.
        Revision.objects.filter(pk=draft.pk).update(
            content=_wordless(model, draft.content), object_str=CLEARED
        )
    if Entry.objects.filter(pk=page_id).exists():
        return
    row = model.objects.get(pk=page_id)
    blanked = row.with_content_json(_wordless(model, row.serializable_data()))
    newest = row.get_latest_revision()
    if newest is None or newest.created_at <= until:
        blanked.draft_title = CLEARED
    blanked.save(clean=False)


def _wordless(model, content):
    """A revision's content with all that somebody wrote taken out; dates and choices stay."""
    data, streams = dict(content), set(_stream_fields(model))
    for relation in get_all_child_relations(model):
        data[relation.get_accessor_name()] = []
    for field in model._meta.get_fields():
        if field.name in streams:
            data[field.name] = "[]"
        elif field.name in ("title", "draft_title"):
            data[field.name] = CLEARED
        elif field.name in _ADDRESS or not isinstance(field, CharField | TextField):
            continue
        elif not (field.choices or field.unique or isinstance(field, SlugField)):
            data[field.name] = None if field.null else ""
    return data


def _for_the_row(model, text):
    """The text in the shape of `serializable_data()`: streams as JSON text, children unsaved."""
    data = text.data
    for name in _stream_fields(model):
        data[name] = json.dumps(data.get(name) or [])
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in data:
            data[name] = [
                {"pk": None, relation.field.name: text.page_id, **row} for row in data[name]
            ]
    return data


def differences(model, text):
    """Names of fields in which the page row differs from the published text."""
    row = Page.objects.get(pk=text.page_id).specific
    # Through JSON, as the text went: there a date is a word.
    mine, theirs = text.data, json.loads(canonical(content_of(model, row.serializable_data())))
    found = [name for name in mine if mine[name] != theirs.get(name)]
    return found if row.live else [*found, "live"]
