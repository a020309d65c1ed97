"""Wagtail's log and the ledger's events: each of their rows becomes one entry.

The entry holds a fingerprint of the row, so that a row which is changed, inserted or deleted
afterwards is found. Wagtail inserts log entries one by one (7.4 has no `bulk_create` of them); in
bulk, signals would be silent, so that the queryset is followed too.
"""

from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.models.audit_log import LogEntryQuerySet

from page_types.publication.models import Event
from page_types.review.audit import chain, outbox
from page_types.review.audit.actions import EVENT_PREFIX, kind_of
from page_types.review.audit.departments import department_of, department_of_page
from page_types.review.audit.models import Kind, Source

_LOG = ("pk", "action", "timestamp", "user_id", "uuid", "label", "data", "revision_id",
        "content_type_id", "content_changed", "deleted")  # fmt: skip


@dataclass(frozen=True)
class Followed:
    """A table whose rows become entries: `fields` are what the fingerprint is of."""

    name: str
    model: type
    fields: tuple
    drafted: object

    def digest(self, row):
        """The fingerprint of a row, the same before and after it was stored."""
        return chain.digest([self._value(row, name) for name in self.fields])

    def _value(self, row, name):
        """A value as the database would give it back; JSON passes through `canonical` anyhow."""
        field = self.model._meta.pk if name == "pk" else _field(self.model, name)
        value = getattr(row, name)
        return value if field.get_internal_type() == "JSONField" else field.to_python(value)

    def draft(self, row, **more):
        """The row of the outbox that tells of it."""
        return self.drafted(
            row, source=self.name, source_id=row.pk, source_digest=self.digest(row), **more
        )


def _field(model, name):
    field = next(each for each in model._meta.concrete_fields if each.attname == name)
    return field.target_field if field.is_relation else field


def _person(row, name):
    """The person of a row, also where the user was removed behind Wagtail's back."""
    try:
        return getattr(row, name)
    except ObjectDoesNotExist:
        return None


def _page_log(row, **more):
    return outbox.draft(
        row.action,
        kind=kind_of(row.action, Kind.TEXT),
        who=_person(row, "user"),
        label=row.label,
        data={"log": row.data, "uuid": row.uuid, "revision": row.revision_id},
        at=row.timestamp,
        object_type="wagtailcore.page",
        object_id=str(row.page_id),
        department_id=department_of_page(row),
        **more,
    )


def _model_log(row, **more):
    model = row.content_type and row.content_type.model_class()
    about = getattr(row, "logged", None)  # given by whoever logs in bulk: no query for each
    about = about or (model and model._base_manager.filter(pk=row.object_id).first())
    object_type = outbox.type_of(model) if model else ""
    return outbox.draft(
        row.action,
        kind=kind_of(row.action, object_type=object_type),
        who=_person(row, "user"),
        label=row.label,
        data={"log": row.data, "uuid": row.uuid, "revision": row.revision_id},
        at=row.timestamp,
        object_type=object_type,
        object_id=row.object_id,
        department_id=about and department_of(about),
        **more,
    )


def _event(row, **more):
    kind, _slash, object_id = row.subject.partition("/")
    return outbox.draft(
        EVENT_PREFIX + row.what,
        kind=Kind.LEDGER,
        who=_person(row, "who"),
        label=row.title,
        data={
            "event": row.number,
            "authority": row.authority,
            "text": row.text_id,
            "column": row.column_id,
            "shown_at": row.shown_at,
            "detail": row.detail,
            "source": row.source,
        },
        at=row.at,
        object_type="wagtailcore.page" if kind == "page" else f"publication.{kind}",
        object_id=object_id,
        department_id=row.department_id,
        **more,
    )


FOLLOWED = (
    Followed(Source.PAGE_LOG, PageLogEntry, (*_LOG, "page_id"), _page_log),
    Followed(Source.MODEL_LOG, ModelLogEntry, (*_LOG, "object_id"), _model_log),
    Followed(
        Source.EVENT,
        Event,
        ("number", "subject", "what", "who_id", "authority", "at", "shown_at", "title", "column_id",
         "department_id", "kind", "text_id", "source", "detail"),
        _event,
    ),
)  # fmt: skip


def connect():
    """Called once, by `audit.connect()`."""
    for each in FOLLOWED:
        post_save.connect(
            _entered(each), sender=each.model, weak=False, dispatch_uid=f"audit_{each.name}"
        )
    _follow_in_bulk()


def _entered(followed):
    def receiver(sender, instance, created, raw, **kwargs):
        if created and not raw:
            outbox.enter([followed.draft(instance)])

    return receiver


def _follow_in_bulk():
    original = LogEntryQuerySet.bulk_create

    @wraps(original)
    def following(self, objs, *args, **kwargs):
        rows = original(self, objs, *args, **kwargs)
        for each in FOLLOWED:
            if each.model is self.model:
                outbox.enter([each.draft(row) for row in rows])
        return rows

    LogEntryQuerySet.bulk_create = following
