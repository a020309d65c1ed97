"""`note()`: an act enters the outbox in its own transaction; rolled back, it leaves nothing."""

import logging
from ipaddress import ip_address

from django.db import connection, transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from page_types.publication.demo import played_date
from page_types.review.audit import chain
from page_types.review.audit.models import AuditOutbox, Kind

log = logging.getLogger(__name__)


def actor():
    """Whoever is signed in to the admin now; None in commands and on public pages."""
    user = get_active_log_context().user
    return user if user is not None and user.pk else None


def name_of(user):
    """The person's name of today, with the name he signs in by."""
    if user is None:
        return ""
    full, short = str(user), user.get_username()
    return full if full == short else f"{full}（{short}）"


def type_of(model):
    """How entries name a model, or that of an object (which may be lazy: `request.user`)."""
    return model._meta.label_lower


def draft(action, *, kind=Kind.OTHER, who=None, about=None, label="", data=None, **more):
    """An unsaved row of the outbox.

    `who` is a User or None, `about` the object (its type, number and, without `label`, its name);
    `more`: at, department_id, address, and the fields of a source.
    """
    if about is not None:
        more.setdefault("object_type", type_of(about))
        more.setdefault("object_id", str(about.pk))
        label = label or str(about)
    more.setdefault("at", timezone.now())
    more["address"] = _address(more.get("address"))
    return AuditOutbox(
        kind=kind,
        action=action,
        user_id=who and who.pk,
        user_name=name_of(who)[: AuditOutbox._meta.get_field("user_name").max_length],
        label=str(label),
        data=chain.canonical(data or {}),
        **more,
    )


def _address(said):
    """An address as a proxy may say it, or None for what is none (it must not stop a sign-in)."""
    try:
        return str(ip_address((said or "").strip("[] ")))
    except ValueError:
        return None


def note(action, **what):
    """Enter an act (see `draft`); it is numbered after the commit."""
    return enter([draft(action, **what)])


def enter(rows):
    """Enter drafted rows; if the transaction is rolled back they are gone with the act."""
    with transaction.atomic():
        AuditOutbox.objects.bulk_create(rows, batch_size=500)
        # Once a transaction is enough. A demonstration is numbered by the clock, in one go.
        hooks = (hook[1] for hook in connection.run_on_commit)
        if not played_date() and _number_now not in hooks:
            transaction.on_commit(_number_now)


def _number_now():
    """Best effort: whatever goes wrong here, the next run of the clock makes up for it."""
    from page_types.review.audit.sequencer import sequence_audit

    try:
        sequence_audit(wait=False)
    except Exception:
        log.exception("审计记录暂未编号，将由 run_scheduler 补编 / to be sequenced by the clock")
