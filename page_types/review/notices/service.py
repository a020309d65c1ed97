"""Telling people: a row for each, in the transaction of the act; the mail goes after the commit."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from page_types.publication.demo import played_date
from page_types.review.notices import kinds, outbox
from page_types.review.notices.models import How, Notice, NoticeChoice

_UNREAD = "_unread_notices"


def notify(people, kind, subject, template, context, url=""):
    """Tell `people` (users) something of a registered kind.

    The text is `review/notices/<template>.txt` with `context`, the person as `user` and the full
    address as `url`; `url` is a path of this site. A demonstration tells nobody. Nothing that goes
    wrong with a mail comes back here; an unknown kind or template is the caller's slip and raises.
    """
    if played_date():
        return
    kind, path = kinds.get(kind), _path_of(url)
    people = list({person.pk: person for person in people}.values())
    choices = dict(
        NoticeChoice.objects.filter(user__in=people, kind=kind.name).values_list("user_id", "how")
    )
    now = timezone.now()
    written = Notice.objects.bulk_create(
        _notice(
            person,
            How.NOW if kind.always else choices.get(person.pk, How.NOW),
            now,
            kind=kind.name,
            subject=" ".join(str(subject).split())[:200],
            body=render_to_string(
                f"review/notices/{template}.txt",
                {**context, "user": person, "url": outbox.address_of(path)},
            ).strip(),
            url=path,
        )
        for person in people
    )
    at_once = [n.pk for n in written if n.mail == Notice.Mail.QUEUED and not n.digest]
    if at_once:
        transaction.on_commit(lambda: outbox.send_at_once(at_once), robust=True)


def _path_of(url):
    base = settings.WAGTAILADMIN_BASE_URL
    return url.removeprefix(base) if base else url


def _notice(person, how, now, **fields):
    mailed = bool(person.email) and how != How.NONE
    digest = mailed and how == How.DAILY
    return Notice(
        user=person,
        created_at=now,
        mail=Notice.Mail.QUEUED if mailed else Notice.Mail.NONE,
        digest=digest,
        next_try_at=(next_digest(now) if digest else now) if mailed else None,
        **fields,
    )


def next_digest(now):
    """The next moment at which digests go out: every day at `PORTAL_DIGEST_HOUR` local time."""
    today = timezone.localtime(now).date()
    hour = time(settings.PORTAL_DIGEST_HOUR)
    moment = timezone.make_aware(datetime.combine(today, hour))
    if moment <= now:
        moment = timezone.make_aware(datetime.combine(today + timedelta(days=1), hour))
    return moment


def unread(user):
    """How many notices the person has not read; asked once a request, for menu and home alike."""
    if (known := getattr(user, _UNREAD, None)) is None:
        known = Notice.objects.filter(user=user, read_at=None).count()
        setattr(user, _UNREAD, known)
    return known


def mark_read(user, *pks):
    """Mark these notices of the person as read, or all of them without `pks`."""
    found = Notice.objects.filter(user=user, read_at=None)
    if pks:
        found = found.filter(pk__in=pks)
    vars(user).pop(_UNREAD, None)
    return found.update(read_at=timezone.now())
