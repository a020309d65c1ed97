"""Announcements and mourning: who may begin and end them, and which are in force.

A plain save in the admin changes nothing public: these four services check, write the row, record
an event and have the snapshot read anew. Pages ask `announcements_now` and `greyscale_now`, which
look at the clock, not at the database.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.publication.columns import touch_columns
from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Announcement, Event, Mourning
from page_types.publication.record import record_event

#: Posts that speak for the whole site; and superusers.
SPEAKERS = frozenset({Post.OFFICE, Post.CENTRE})


def may_speak(user):
    """Whether this user may begin and end what every page says."""
    return user.is_active and (user.is_superuser or bool(duties_of(user).posts & SPEAKERS))


def _right_of(user):
    """By which post (for the event); raises PublicationRefused for anybody else."""
    if not may_speak(user):
        raise PublicationRefused(_("只有办公室、信息中心可以发布全站公告和哀悼置灰。"))
    posts = sorted(duties_of(user).posts & SPEAKERS)
    return posts[0] if posts else "superuser"


@transaction.atomic
def announce(user, *, text, level, ends_at, starts_at=None, link=""):
    """Put a line above every public page from `starts_at` (now) until `ends_at`; returns it.

    Raises PublicationRefused for the wrong person, ValidationError for a text too long, a link
    elsewhere without https, moments out of order or an end that is past.
    """
    authority, now = _right_of(user), timezone.now()
    made = Announcement(
        text=text.strip(), level=level, link=link.strip(), starts_at=starts_at or now,
        ends_at=ends_at, begun_by=user, begun_at=now,
    )  # fmt: skip
    _check_not_past(ends_at > now)
    made.full_clean()
    made.save()
    _record(made, Event.What.ANNOUNCED, user, authority, _facts(made, "level", "link", "starts_at",
                                                                "ends_at"))  # fmt: skip
    return made


@transaction.atomic
def end_announcement(user, announcement_id):
    """Take an announcement down before its time; returns it. Ending twice is refused."""
    return _end(Announcement, user, announcement_id, Event.What.ANNOUNCEMENT_ENDED)


@transaction.atomic
def mourn(user, *, reason, from_day, until_day):
    """Show the public pages in grey on these days, both included; returns the mourning.

    Raises PublicationRefused for the wrong person, ValidationError for days out of order or past.
    """
    authority, now = _right_of(user), timezone.now()
    made = Mourning(
        reason=reason.strip(), from_day=from_day, until_day=until_day, begun_by=user, begun_at=now
    )
    _check_not_past(until_day >= timezone.localdate())
    made.full_clean()
    made.save()
    _record(made, Event.What.MOURNING, user, authority, _facts(made, "from_day", "until_day"))
    return made


@transaction.atomic
def end_mourning(user, mourning_id):
    """End a mourning before its time; returns it. Ending twice is refused."""
    return _end(Mourning, user, mourning_id, Event.What.MOURNING_ENDED)


def announcements_now(site, now=None):
    """The announcements that stand on a page at this moment, emergencies first."""
    now = now or timezone.now()
    shown = [each for each in site.announcements if each.in_force(now)]
    return sorted(shown, key=lambda each: each.level != Announcement.Level.EMERGENCY)


def greyscale_now(site, day=None):
    """Whether public pages are grey on this day."""
    day = day or timezone.localdate()
    return any(each.in_force(day) for each in site.mournings)


def _check_not_past(still_to_come):
    if not still_to_come:
        raise PublicationRefused(_("结束时间已经过去，请改为将来的时间。"))


def _end(model, user, pk, what):
    authority = _right_of(user)
    ended = model.objects.select_for_update().get(pk=pk)
    if ended.ended_at is not None:
        raise PublicationRefused(_("这一项已经结束，无需再次结束。"))
    ended.ended_by, ended.ended_at = user, timezone.now()
    ended.save(update_fields=["ended_by", "ended_at"])
    _record(ended, what, user, authority, {})
    return ended


def _record(thing, what, user, authority, detail):
    record_event(
        subject=f"{thing._meta.model_name}/{thing.pk}",
        what=what,
        who=user,
        authority=authority,
        title=str(thing),
        detail=detail,
    )
    touch_columns()


def _facts(thing, *names):
    """Field values as the event keeps them (JSON): dates in ISO form."""
    values = {name: getattr(thing, name) for name in names}
    return {k: v.isoformat() if hasattr(v, "isoformat") else str(v) for k, v in values.items()}
