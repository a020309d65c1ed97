"""One timeline of a record or a page: versions, log entries, decisions, the newest first."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import Page

from extensions.base.models import RecordDecision
from extensions.base.records.history import versions
from extensions.base.records.showing import Eyes, what_happened

#: Entries that a timeline shows, the newest.
LIMIT = 500
#: Log actions that say what a RecordDecision says better.
_TOLD_BY_DECISIONS = ("base.approve", "base.return")


@dataclass(frozen=True)
class Line:
    """Something that happened: when, by whom (empty: the clock), what, and why.

    `version` is the version (or the page's revision) that came of it, if one did.
    """

    at: datetime
    who: str
    what: str
    reason: str = ""
    kind: str = "log"
    changes: tuple = ()
    version: object = None
    request: str = field(default="", compare=False)


def timeline(subject, viewer=None):
    """The Entries of a record, or of a page, as `viewer` may see them; secrets are masked."""
    is_page = isinstance(subject, Page)
    found = _revisions(subject) if is_page else [*_versions(subject, viewer), *_decisions(subject)]
    found += _logged(subject)
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:LIMIT]


def _versions(record, viewer):
    rows = list(versions(record)[: LIMIT + 1])
    eyes = Eyes(type(record), viewer)
    eyes.ahead(rows)
    for place, row in enumerate(rows[:LIMIT]):
        older = rows[place + 1] if place + 1 < len(rows) else None
        yield Line(
            at=row.history_date,
            who=_name(row.history_user),
            what=what_happened(row),
            reason=row.history_change_reason,
            kind="version",
            changes=tuple(eyes.changes(older, row)) if older else (),
            version=row,
            request=row.history_request,
        )


def _decisions(record):
    found = RecordDecision.objects.filter(
        review__content_type=ContentType.objects.get_for_model(record),
        review__object_id=record.pk,
    ).select_related("by")
    for decision in found.order_by("-pk")[:LIMIT]:
        yield Line(
            at=decision.at,
            who=_name(decision.by),
            what=f"{decision.title}：{decision.get_what_display()}",
            reason=decision.comment,
            kind="decision",
        )


def _logged(subject):
    entries = registry.get_logs_for_instance(subject).select_related("user")
    for entry in entries.exclude(action__in=_TOLD_BY_DECISIONS).order_by("-timestamp")[:LIMIT]:
        yield Line(
            at=entry.timestamp,
            who=_name(entry.user),
            what=str(entry.message),
            reason=str(entry.data.get("reason", "") or entry.data.get("comment", "")),
            request=entry.uuid.hex if entry.uuid else "",
        )


def _revisions(page):
    revisions = page.revisions.select_related("user").order_by("-pk")[:LIMIT]
    return [
        Line(
            at=revision.created_at,
            who=_name(revision.user),
            what=_("保存草稿"),
            kind="revision",
            version=revision,
        )
        for revision in revisions
    ]


def _name(user):
    return str(user) if user is not None else ""
