"""Wagtail's page row after a publication: a copy of the ledger for the admin, never a source."""

import json

from wagtail.log_actions import log
from wagtail.models import Page

from page_types.publication.models import ReasonKind
from page_types.publication.texts import canonical, content_of
from page_types.publication.versions import page_of


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


def _for_the_row(model, text):
    """The text in the shape of `serializable_data()`: streams as JSON text, children unsaved."""
    from modelcluster.models import get_all_child_relations

    from page_types.publication.texts import _stream_fields

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
