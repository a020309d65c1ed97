"""日记账头: once a day the state of the chain is written outside the database.

One line of JSON a day in an append-only file: up to which entry the trail went, and its HMAC.
Whoever cuts the tail of the table, or rewrites it with a stolen key, has to change this file too:
it belongs on another machine, or on media that cannot be rewritten. The heads are chained as well.
"""

import fcntl
import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from page_types.review.audit import chain
from page_types.review.audit.models import AuditEntry

NAME = "heads.jsonl"


class HeadsUnreadable(Exception):
    """A line of the file is no head; the message names it."""


@dataclass(frozen=True)
class Head:
    """The state of the trail on a day: `count` entries up to `number`, whose HMAC is `mac`."""

    day: str
    at: str
    number: int
    mac: str
    count: int
    key_id: str
    previous: str
    seal: str = ""

    def seal_with(self, key):
        """The HMAC that this head must have."""
        return chain.sign(key, "head", chain.canonical({**asdict(self), "seal": ""}))


def path():
    """The file of the heads."""
    return Path(settings.PORTAL_AUDIT_HEADS) / NAME


def read():
    """Yield every Head, in the order of the file. Raises HeadsUnreadable."""
    try:
        file = path().open(encoding="utf-8")
    except FileNotFoundError:
        return
    with file:
        for place, line in enumerate(file, 1):
            try:
                yield Head(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise HeadsUnreadable(f"{path()}:{place}") from error


def last():
    """The newest head, or None."""
    newest = None
    for head in read():
        newest = head
    return newest


def write_if_due():
    """Write the head of today, if there is none yet and there is something to write; returns it."""
    newest = AuditEntry.objects.order_by("-number").values_list("number", "mac").first()
    if newest is None:
        return None
    with _alone() as file:
        before, today = last(), timezone.localdate()
        if before and date.fromisoformat(before.day) >= today:
            return None
        key = settings.PORTAL_AUDIT_KEY
        head = Head(
            day=today.isoformat(),
            at=chain.moment(timezone.now()),
            number=newest[0],
            mac=newest[1],
            count=AuditEntry.objects.filter(number__lte=newest[0]).count(),
            key_id=chain.id_of(key),
            previous=before.seal if before else "",
        )
        head = Head(**{**asdict(head), "seal": head.seal_with(key)})
        file.write(json.dumps(asdict(head), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return head


@contextmanager
def _alone():
    """The file, open for appending only, for one process at a time; made when it is missing."""
    folder = path().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = not path().exists()
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if made:  # the name itself must survive a power cut as well
            directory = os.open(folder, os.O_RDONLY)
            os.fsync(directory)
            os.close(directory)
        yield file
