"""History of records: every version with who, when, why and by which request.

class Licence(TrackedRecord): ...

Only for plain models: pages keep Wagtail's revisions. Versions are rows of a table beside the
model's own (django-simple-history), written in the transaction of the change.
"""

from contextlib import contextmanager
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.log_actions import get_active_log_context

#: Rows of one statement. SQLite takes 32,766 values in one; a record has some forty.
BATCH = 500


class ReasonMissing(ValidationError):
    """A change that needs a reason came without one."""

    def __init__(self):
        super().__init__(_("已公开的记录，修改须写明原因。"))


class Version(models.Model):
    """What every version has besides the record's fields: the request that made it."""

    #: One for all that a request, a command or an import changed; says nothing of the visitor.
    history_request = models.CharField(_("请求编号"), max_length=32, blank=True, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Note the request, and refuse a change that lacks the reason it needs."""
        _complete(self)
        super().save(*args, **kwargs)


def _complete(version):
    version.history_request = version.history_request or request_id()
    version.history_change_reason = (version.history_change_reason or "").strip()
    if version.history_type == "+" or version.history_change_reason:
        return
    needs = getattr(version.instance, "needs_reason", None)
    if needs is not None and needs():
        raise ReasonMissing


class RecordHistory(HistoricalRecords):
    """`history = RecordHistory()` in a model (or its abstract base): the set-up of this house.

    The reason is a text of any length; deleting a record keeps its versions.
    """

    def __init__(self, **more):
        more.setdefault("bases", (Version,))
        more.setdefault("inherit", True)
        more.setdefault("history_change_reason_field", models.TextField(_("原因"), blank=True))
        more.setdefault("history_id_field", models.BigAutoField())
        more.setdefault("get_user", _acting_user)
        super().__init__(**more)


def _acting_user(instance=None, request=None, **_more):
    """Who acts: the user of the request, else of the admin's log context; None for the clock."""
    user = getattr(request, "user", None) or get_active_log_context().user
    return user if user is not None and user.is_authenticated and user.pk else None


class TrackedRecord(models.Model):
    """A record with a history, and what its history needs to know of it.

    `secret_fields` are masked for whoever lacks `secret_permission` ("app.codename"; empty: for
    everybody). `unshown_fields` (digests, indexes) appear nowhere. `kept_on_revert` are fields that
    going back to an old version does not touch: states that only a verb may change.
    """

    secret_fields = ()
    secret_permission = ""
    unshown_fields = ()
    kept_on_revert = ()

    history = RecordHistory()

    class Meta:
        abstract = True

    def needs_reason(self):
        """Whether a change of it must say why: the subclass knows what the public can see."""
        return False


def request_id():
    """The number of the request at hand, that of its log entries; else of `one_act()`, or empty."""
    if number := get_active_log_context().uuid:
        return number.hex
    request = getattr(HistoricalRecords.context, "request", None)
    if request is None:
        return getattr(HistoricalRecords.context, "act", "")
    if not hasattr(request, "record_request_id"):
        request.record_request_id = uuid4().hex
    return request.record_request_id


@contextmanager
def one_act():
    """Within: versions written outside of a request share one number (commands, imports)."""
    before = getattr(HistoricalRecords.context, "act", "")
    HistoricalRecords.context.act = before or uuid4().hex
    try:
        yield
    finally:
        HistoricalRecords.context.act = before


def save_with_reason(record, user, reason, **how):
    """Save the record as a new version by `user` for `reason`; ReasonMissing if it needs one.

    `how` is passed to `save`.
    """
    record._history_user, record._change_reason = user, (reason or "").strip()
    try:
        with transaction.atomic():
            record.save(**how)
    finally:
        del record._history_user, record._change_reason
    return record


@transaction.atomic
def bulk_create_with_history(records, user, reason=""):
    """Insert records of one model with their first versions, not a query per row; returns them."""
    records = list(records)
    if records:
        made = type(records[0])._default_manager.bulk_create(records, batch_size=BATCH)
        _write_versions(made, user, reason, update=False)
    return records


@transaction.atomic
def bulk_update_with_history(records, fields, user, reason=""):
    """Save `fields` of records of one model, each with a new version, not a query per row.

    Written as inserts that meet their own row: Django's `bulk_update` takes ten times as long. The
    rows must be there (read them with `select_for_update` in the same transaction).
    """
    records, reason = list(records), (reason or "").strip()
    if not records:
        return records
    if not reason and any(getattr(each, "needs_reason", bool)() for each in records):
        raise ReasonMissing
    type(records[0])._default_manager.bulk_create(
        records,
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=list(fields),
        unique_fields=["pk"],
    )
    _write_versions(records, user, reason, update=True)
    return records


def _write_versions(records, user, reason, update):
    """Versions of rows as they stand in the table, copied there: a third of the time of inserts."""
    model, version = type(records[0]), type(records[0]).history.model
    tracked = [each.column for each in version.tracked_fields]
    said = {
        "history_date": timezone.now(),
        "history_type": "~" if update else "+",
        "history_change_reason": (reason or "").strip(),
        "history_user": user and user.pk,
        "history_request": request_id(),
    }
    fields = [version._meta.get_field(name) for name in said]
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, [*tracked, *(each.column for each in fields)]))
    copied = ", ".join(map(quote, tracked))
    told = ", ".join(["%s"] * len(fields))
    values = [
        each.get_db_prep_save(value, connection)
        for each, value in zip(fields, said.values(), strict=True)
    ]
    into, source, key = map(
        quote, (version._meta.db_table, model._meta.db_table, model._meta.pk.column)
    )
    with connection.cursor() as cursor:
        for start in range(0, len(records), BATCH):
            keys = [each.pk for each in records[start : start + BATCH]]
            places = ", ".join(["%s"] * len(keys))
            # Names are our own tables and columns; values are parameters.
            cursor.execute(
                f"INSERT INTO {into} ({columns}) SELECT {copied}, {told} FROM {source} "  # noqa: S608  our names
                f"WHERE {key} IN ({places}) ORDER BY {key}",
                [*values, *keys],
            )


def versions(record):
    """The versions of a record, newest first, with the user of each."""
    return record.history.select_related("history_user")


def as_it_was(record, moment):
    """The version that was in force at a moment; None if there was none, or it was deleted."""
    found = versions(record).filter(history_date__lte=moment).first()
    return found if found is not None and found.history_type != "-" else None


def changed_fields(model, old, new):
    """Fields whose values differ between two versions (or instances), in the model's order."""
    unshown = set(getattr(model, "unshown_fields", ()))
    return [
        each
        for each in model.history.model.tracked_fields
        if each.name not in unshown
        and not each.primary_key
        and getattr(old, each.attname) != getattr(new, each.attname)
    ]


@transaction.atomic
def revert(record, version, user, reason):
    """Make the values of an old version the record's again, as a new version; returns the record.

    ValidationError if they do not hold today, ReasonMissing if no reason is given.
    """
    if not (reason or "").strip():
        raise ReasonMissing
    model = type(record)
    fresh = model._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if getattr(version, model._meta.pk.attname) != fresh.pk:
        raise ValidationError(_("这不是本记录的版本。"))
    kept = {model._meta.pk.name, *getattr(model, "kept_on_revert", ())}
    for each in model.history.model.tracked_fields:
        if each.name not in kept:
            setattr(fresh, each.attname, getattr(version, each.attname))
    fresh.full_clean()
    return save_with_reason(fresh, user, reason)
