"""Files too large to wait for: asked for in the admin, made by the clock, kept for a week.

The clock makes them, as it does all other work: one at a time, so that two large files never share
the machine. One file ends before the next begins, and a round of the clock begins none after
ROUND_S, so that scheduled publications are not kept waiting by a queue of files.
"""

import logging
import time
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exports import telling
from exports.datasets import get
from exports.formats import TooManyRows
from exports.models import KEPT, ExportFile, folder
from exports.writing import Wish, write_to
from page_types.publication.visitors import client_address
from page_types.review.audit import outbox
from page_types.review.audit.models import Kind

log = logging.getLogger(__name__)

State = ExportFile.State
#: Seconds after which a round of the clock begins no further file.
ROUND_S = 20
#: Rows after which it is said how far a file is.
STEP = 2000
#: Without a sign of life for so long, whoever wrote a file has died; after three it is given up.
SILENCE, ATTEMPTS = timedelta(minutes=10), 3
#: Files that one person may have waiting.
MOST_WAITING = 5
#: How long the line of a file that is gone stays in the list.
REMEMBERED = timedelta(days=30)


class TooManyWaiting(ValueError):
    """The user has asked for enough; the message says what to do."""

    def __init__(self):
        super().__init__(
            _("您已有 %(count)d 个文件在等待生成，请等它们完成，或先取消其中一些。")
            % {"count": MOST_WAITING}
        )


class _Cancelled(Exception):
    """Whoever asked for the file has taken that back."""


# --- asking --------------------------------------------------------------------------------------


@transaction.atomic
def ask(request, dataset, wish, form, expected):
    """The ExportFile that the clock will make; the same wish twice is one file.

    On record at once: what was asked for is known even if nobody fetches it.
    """
    user, kept = request.user, _kept(wish)
    mine = ExportFile.objects.filter(asked_by=user, state__in=ExportFile.OPEN)
    for waiting in mine.filter(dataset=dataset.name, form=form):
        if waiting.wish == kept:
            return waiting
    if mine.count() >= MOST_WAITING:
        raise TooManyWaiting
    file = ExportFile.objects.create(
        asked_by=user, dataset=dataset.name, form=form, wish=kept, total=expected
    )
    outbox.note(
        "export.requested",
        kind=Kind.EXPORT,
        who=user,
        label=f"{dataset.name}.{form}",
        data={"filters": kept, "rows": expected},
        department_id=user.department_id,
        address=client_address(request),
    )
    return file


def _kept(wish):
    return {
        "from": wish.start.isoformat() if wish.start else None,
        "to": wish.end.isoformat() if wish.end else None,
        "filters": [[name, str(value)] for name, value in wish.filters],
    }


def wish_of(file):
    """The wish of a file, for whoever asked for it."""
    start, end = file.wish.get("from"), file.wish.get("to")
    return Wish(
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        filters=tuple((name, value) for name, value in file.wish.get("filters", ())),
        user=file.asked_by,
        by=outbox.name_of(file.asked_by),
    )


# --- by the clock --------------------------------------------------------------------------------


def make_due():
    """Make the files that wait; returns a sentence for the log, if any. Bears repetition."""
    _take_over()
    ending, made = time.monotonic() + ROUND_S, 0
    while time.monotonic() < ending and (file := _next()):
        _make(file)
        made += 1
    return f"导出文件 / export files: {made}" if made else ""


def _take_over():
    """Files whose writer has died wait again."""
    silent = ExportFile.objects.filter(state=State.RUNNING, heard_at__lt=timezone.now() - SILENCE)
    silent.filter(attempts__lt=ATTEMPTS).update(state=State.WAITING)
    for file in silent.select_related("asked_by"):
        _end(file, State.FAILED, problem=_("生成多次中断。"))


def _next():
    """The file that has waited longest, now ours: two clocks never make the same."""
    waiting = ExportFile.objects.filter(state=State.WAITING).order_by("asked_at", "pk")
    for file in waiting.select_related("asked_by"):
        now = timezone.now()
        taken = ExportFile.objects.filter(pk=file.pk, state=State.WAITING).update(
            state=State.RUNNING, heard_at=now, done=0, attempts=file.attempts + 1
        )
        if taken:
            return file
    return None


def _make(file):
    dataset = get(file.dataset)
    if not file.may_be_had_by(file.asked_by):
        _end(file, State.FAILED, problem=_("您已没有这个数据集的权限。"))
        return
    # Before the rows are read: who loses a right meanwhile has asked for more than he may have.
    scope = dataset.scope_of(file.asked_by)
    try:
        rows = write_to(
            file.path, dataset, file.form, wish_of(file), follow=lambda rows: _followed(file, rows)
        )
    except _Cancelled:
        return
    except TooManyRows as why:
        _end(file, State.FAILED, problem=str(why)[:300])
    except Exception:
        # One file's failure stops no other; whoever asked reads that it failed, the log why.
        log.exception("export file %s failed", file.pk)
        _end(file, State.FAILED, problem=_("生成时发生错误，已记入日志，请联系信息中心。"))
    else:
        size = file.path.stat().st_size
        if not _end(file, State.READY, done=rows, total=rows, size=size, scope=scope):
            file.path.unlink(missing_ok=True)


@transaction.atomic
def _end(file, state, **values):
    """Whether it is still wanted; the file is kept from now on, and whoever asked is told."""
    now = timezone.now()
    values |= {"state": state, "ended_at": now, "expires_at": now + KEPT}
    running = ExportFile.objects.filter(pk=file.pk, state=State.RUNNING)
    if not running.update(**values):
        return False
    for name, value in values.items():
        setattr(file, name, value)
    telling.ended(file)
    return True


def _followed(file, rows):
    """The rows, with a sign of life now and then; _Cancelled when nobody wants them any more."""
    running = ExportFile.objects.filter(pk=file.pk, state=State.RUNNING)
    for number, row in enumerate(rows, 1):
        if number % STEP == 0 and not running.update(done=number, heard_at=timezone.now()):
            raise _Cancelled
        yield row


def clear_old():
    """Take away files whose time is over or that nobody knows; a sentence for the log, if any."""
    now = timezone.now()
    over = ExportFile.objects.filter(state=State.READY, expires_at__lte=now)
    gone = over.update(state=State.EXPIRED)
    ExportFile.objects.exclude(state__in=(*ExportFile.OPEN, State.READY)).filter(
        asked_at__lt=now - REMEMBERED
    ).delete()
    known = set(
        ExportFile.objects.filter(state__in=(*ExportFile.OPEN, State.READY))
        .values_list("name", flat=True)
    )  # fmt: skip
    for path in folder().iterdir():
        # A file that is being written has a dot, its final name, and a tail.
        if path.name.removeprefix(".").partition(".")[0] not in known:
            path.unlink(missing_ok=True)
            gone += 1
    return f"清除导出文件 / export files removed: {gone}" if gone else ""


# --- taking back ---------------------------------------------------------------------------------


def remove(file):
    """Cancel or delete a file of one's own: whoever writes it stops at the next step."""
    file.delete()
    file.path.unlink(missing_ok=True)
