"""The columns' own texts: made public when new; renamed where only the plan has changed the title.

A title belongs to both, plan and owner. `AppliedPlan` remembers what the plan said last: what
differs from that was changed by an editor and stands; where both have changed it, both are told.
"""

import json
from dataclasses import replace

from page_types.base import PortalPage
from page_types.publication.authorities import Plan
from page_types.publication.models import Entry
from page_types.publication.publish import publish
from page_types.publication.schemas import upgrade
from page_types.publication.texts import canonical, content_of, text_of_data
from structure.models import AppliedPlan


def apply(run):
    """Publish home and columns; rename those whose title the plan has changed."""
    planned = list(run.planned_texts())
    entries = Entry.objects.select_related("text").in_bulk([c.page_id for c, _t, _d in planned])
    applied = dict(AppliedPlan.objects.values_list("subject", "values"))
    for column, title, department in planned:
        entry = entries.get(column.page_id)
        subject = f"column/{column.key}"
        last = applied.get(subject, {}).get("title")
        if entry is None:
            _publish(column, None, title)
            _remember(subject, title)
            continue
        if wanted := _title_to_set(run, column, entry, last, title):
            _carry_into_draft(run, column, entry, wanted)
        if wanted or entry.department_id != department.pk:
            _publish(column, entry, wanted or entry.title)
        if last != title and (wanted or entry.title == title):
            _remember(subject, title)
            if not wanted:
                what = f"{column.key} {title}"
                run.report.change("=", "栏目名与规划一致", "title as planned", what)


def _title_to_set(run, column, entry, last, title):
    """The title that the plan may set, or None; a conflict is told at every run."""
    if title in (last, entry.title):
        return None
    if last == entry.title:
        run.report.change("~", "改名", "renamed", f"{column.key}：{entry.title} → {title}")
        return title
    run.report.tell(
        "!",
        "冲突，未改",
        "conflict, left as it is",
        f"{column.key}：规划改为“{title}”，编辑已改为“{entry.title}”（原为“{last or '—'}”）；"
        f"请将规划改为“{entry.title}”，或由责任处室改稿送审",
    )
    return None


def _publish(column, entry, title):
    """Publish the column's public text (the empty one if there is none) with the title given."""
    page = _page(column)
    model = type(page)
    if entry is None:
        content = model().serializable_data()
    else:
        content = upgrade(model, entry.text.schema, json.loads(entry.text.content))
    text = text_of_data(page, {**content, "title": title})
    latest = page.get_latest_revision()
    if latest and canonical(content_of(model, latest.content)) == text.content:
        text = replace(text, revision_id=latest.pk)
    publish(text, Plan())


def _carry_into_draft(run, column, entry, title):
    """A draft that still has the old title gets the new one, or publishing it would undo the plan.

    A draft under review stays as it was read: its reviewers would be approving another text.
    """
    page = _page(column)
    latest = page.get_latest_revision()
    if latest is None or latest.content["title"] != entry.title:
        return
    if page.workflow_in_progress:
        run.report.tell(
            "!",
            "在审稿件仍用旧名",
            "the text under review keeps the old title",
            f"{column.key} {entry.title}",
        )
        return
    draft = latest.as_object()
    draft.title = title
    draft.save_revision(clean=False, log_action=True)


def _page(column):
    return PortalPage.objects.get(pk=column.page_id).specific


def _remember(subject, title):
    AppliedPlan.objects.update_or_create(subject=subject, defaults={"values": {"title": title}})
