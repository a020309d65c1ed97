"""Periodic work: rooms register what is to be done by the clock, `run_scheduler` does it.

One job's failure stops no other. When each last ran is kept, so that a silent clock is seen.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from page_types.organisation import calendar
from page_types.publication.models import JobRun

log = logging.getLogger(__name__)

#: A clock that has not been heard for so long is an alarm: it should come by every minute.
SILENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Job:
    """Work by the clock: `function()` is called when `every` has passed since it last began."""

    name: str
    function: object
    every: timedelta


_jobs = {}


def register(name, function, every=timedelta(0)):
    """Do `function()` at every round of the clock, or once in `every`; it must bear repetition.

    What it returns, if anything, is a sentence for the log.
    """
    _jobs[name] = Job(name, function, every)


def jobs():
    """The registered jobs, in the order of registration."""
    return list(_jobs.values())


def run_due(say=lambda line: None):
    """One round: every job that is due, each for itself. Returns the names of those that failed."""
    failed = []
    calendar.forget()
    last = dict(JobRun.objects.values_list("name", "started_at"))
    for job in jobs():
        now = timezone.now()
        if job.every and (began := last.get(job.name)) and now - began < job.every:
            continue
        JobRun.objects.update_or_create(name=job.name, defaults={"started_at": now})
        try:
            told = job.function()
            error = ""
            if told:
                say(f"{job.name}: {told}")
        except Exception as problem:
            log.exception("periodic job %s failed", job.name)
            error = f"{type(problem).__name__}: {problem}"[:500]
            say(f"{job.name}: 失败 / failed: {error}")
            failed.append(job.name)
        JobRun.objects.filter(name=job.name).update(ended_at=timezone.now(), error=error)
    return failed


def heard_at():
    """When the clock last came by; None if never."""
    return JobRun.objects.order_by("-started_at").values_list("started_at", flat=True).first()


def is_silent():
    """Whether the clock has not been heard for longer than `SILENCE` (or never)."""
    heard = heard_at()
    return heard is None or timezone.now() - heard > SILENCE
