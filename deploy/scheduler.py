"""The portal's clock: runs the periodic management commands, each at its time.

`scheduler.py` loops until it is stopped; `scheduler.py --list` says what it would run and when.
Commands that this version of the portal does not have are named once and left out. A command that
fails is reported and tried again at its next time; it stops no other.
"""

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent / "site" / "manage.py"
#: The bureau's time; China has one zone and no summer time.
ZONE = timezone(timedelta(hours=8))
TICK_S = 20


@dataclass(frozen=True)
class Job:
    """A command that is due every `minutes`, or once a day at `hour`:`minute`."""

    command: tuple
    minutes: int = 0
    hour: int = 0
    minute: int = 0

    def next_after(self, moment):
        """The first moment after `moment` at which it is due."""
        if self.minutes:
            day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
            passed = (moment - day) // timedelta(minutes=self.minutes)
            return day + timedelta(minutes=self.minutes) * (passed + 1)
        due = moment.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        return due if due > moment else due + timedelta(days=1)

    def when(self):
        """How often, in words."""
        if self.minutes:
            return f"每 {self.minutes} 分钟 / every {self.minutes} minutes"
        return f"每天 {self.hour:02}:{self.minute:02} / daily at {self.hour:02}:{self.minute:02}"


JOBS = (
    Job(("run_scheduler",), minutes=1),
    Job(("send_subscriptions",), minutes=15),
    Job(("verify_ledger",), hour=2, minute=30),
    Job(("verify_audit",), hour=2, minute=45),
    Job(("clearsessions",), hour=3, minute=30),
    Job(("purge_error_reports",), hour=3, minute=40),
)


def known_commands():
    """Names of the management commands of this version."""
    listed = subprocess.run(
        [sys.executable, MANAGE, "help", "--commands"], capture_output=True, text=True, check=True
    )
    return set(listed.stdout.split())


def jobs_there(known):
    """(jobs whose command exists, jobs whose command does not)."""
    there = [job for job in JOBS if job.command[0] in known]
    return there, [job for job in JOBS if job not in there]


def run(job):
    """One command; its output goes where ours goes."""
    say(f"{' '.join(job.command)}")
    code = subprocess.run([sys.executable, MANAGE, *job.command]).returncode
    if code:
        say(f"{' '.join(job.command)}: 失败，退出码 / failed with exit code {code}")


def say(text):
    """A line with the bureau's time."""
    print(f"{datetime.now(ZONE):%Y-%m-%d %H:%M:%S} {text}", flush=True)


def loop(jobs):
    """Run each job when it is due. A clock that jumps runs nothing twice."""
    due = {job: job.next_after(datetime.now(ZONE)) for job in jobs}
    while True:
        for job, moment in due.items():
            if datetime.now(ZONE) >= moment:
                run(job)
                due[job] = job.next_after(datetime.now(ZONE))
        time.sleep(TICK_S)


def main():
    # As process 1 of a container it would not end on a signal without a handler.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    there, missing = jobs_there(known_commands())
    for job in there:
        print(f"{' '.join(job.command)}: {job.when()}", flush=True)
    for job in missing:
        print(f"{job.command[0]}: 本版本没有此命令 / not in this version", flush=True)
    if sys.argv[1:] != ["--list"]:
        loop(there)


if __name__ == "__main__":
    main()
