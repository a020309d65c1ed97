"""Sending what waits: right after the commit, and again by the clock until it is through.

A mail is claimed by moving its next try ahead before it is sent, without a lock over the mail
server's time: a process that dies in between leaves a mail that is tried again, never a lost one.
"""

import logging
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail

from page_types.review.notices.models import Notice

log = logging.getLogger(__name__)

#: Minutes until the next try after the first, second, … failure; after the last one it is given up.
BACK_OFF = (1, 5, 15, 60, 240, 720, 1440)
#: A mail that is being sent is nobody else's for so long.
CLAIM = timedelta(minutes=10)
#: How many notices one round takes, so that a round ends.
AT_A_TIME = 500
#: Notices that were read are kept so long; unread ones stay.
KEPT = timedelta(days=365)


def address_of(path):
    """The full address of a path of this site; anything else is left as it is."""
    return settings.WAGTAILADMIN_BASE_URL + path if path.startswith("/") else path


def _due():
    return Notice.objects.filter(mail=Notice.Mail.QUEUED, next_try_at__lte=timezone.now())


def send_at_once(pks):
    """The first try, in the request of the act.

    While the mail server is failing the clock alone tries: nobody waits for its timeout.
    """
    if not Notice.objects.filter(mail=Notice.Mail.QUEUED, tries__gt=0).exists():
        _send(_due().filter(pk__in=pks))


def send_queued():
    """Everything that is due: periodic work. Returns a sentence for the log, if there was any."""
    sent, not_sent = _send(_due())
    return f"邮件已发 / sent: {sent}；未发出 / not sent: {not_sent}" if sent or not_sent else ""


def _send(found):
    """(sent, not sent). One mail a notice, or one a person for those that are a digest."""
    rows = list(found.select_related("user").order_by("digest", "user_id", "pk")[:AT_A_TIME])
    letters = [[row] for row in rows if not row.digest]
    digests = (row for row in rows if row.digest)
    letters += [list(group) for _user, group in groupby(digests, key=lambda row: row.user_id)]
    sent = not_sent = 0
    if not letters:
        return sent, not_sent
    connection, broken = get_connection(), None
    try:
        try:
            connection.open()
        except Exception as problem:
            log.exception("the mail server cannot be reached")
            broken = problem
        for letter in letters:
            letter = _claim(letter)
            if letter and broken is None and _sent(letter, connection):
                sent += len(letter)
            elif letter:
                not_sent += len(letter)
                _put_off(letter)
    finally:
        try:
            connection.close()
        except Exception:
            log.exception("the connection to the mail server was not closed")
    return sent, not_sent


def _claim(letter):
    """Those of the letter's notices that no other process is sending."""
    until = timezone.now() + CLAIM
    return [
        row
        for row in letter
        if Notice.objects.filter(
            pk=row.pk, mail=Notice.Mail.QUEUED, next_try_at=row.next_try_at
        ).update(next_try_at=until, tries=F("tries") + 1)
    ]


def _sent(letter, connection):
    """Whether the mail went out. Whatever goes wrong is logged and stops no other."""
    first = letter[0]
    if first.digest:
        subject = _("通知汇总：%(count)d 条") % {"count": len(letter)}
        text = render_to_string(
            "review/notices/digest.txt",
            {"user": first.user, "notices": letter, "base": settings.WAGTAILADMIN_BASE_URL},
        )
    else:
        subject, text = first.subject, first.body
    try:
        send_mail(subject, text, [first.user.email], connection=connection)
    except Exception:
        log.exception("notice %s could not be sent", first.pk)
        return False
    Notice.objects.filter(pk__in=[row.pk for row in letter]).update(
        mail=Notice.Mail.SENT, next_try_at=None
    )
    return True


def _put_off(letter):
    for row in letter:
        tries = row.tries + 1
        left = tries <= len(BACK_OFF)
        Notice.objects.filter(pk=row.pk).update(
            mail=Notice.Mail.QUEUED if left else Notice.Mail.FAILED,
            next_try_at=timezone.now() + timedelta(minutes=BACK_OFF[tries - 1]) if left else None,
        )


def failed():
    """Mails that were given up."""
    return Notice.objects.filter(mail=Notice.Mail.FAILED)


def try_again():
    """Queue what was given up anew, as if it had never been tried; returns how many."""
    return failed().update(mail=Notice.Mail.QUEUED, tries=0, next_try_at=timezone.now())


def tidy():
    """Delete what was read long ago: periodic work."""
    old = Notice.objects.exclude(mail=Notice.Mail.QUEUED).filter(read_at__lt=timezone.now() - KEPT)
    deleted, _each = old.delete()
    return f"清理旧通知 / old notices deleted: {deleted}" if deleted else ""
