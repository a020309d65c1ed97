"""Kills a process at each write of an approval and of a withdrawal, on a database file.

Run with PORTAL_VAR naming a migrated, empty state, as `python tests/review/killing.py`.
"""

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
django.setup()

from django.core.management import call_command  # noqa: E402  Django must be set up first
from django.db import connection, connections  # noqa: E402
from wagtail.models import Page, TaskState  # noqa: E402

from page_types.publication.models import Entry, Measure, Seal  # noqa: E402
from page_types.review import services  # noqa: E402
from page_types.review.measures import services as measures  # noqa: E402
from tests.houses import small_house  # noqa: E402
from tests.review.test_crashes import WRITES, state  # noqa: E402


def killer(at):
    """Write number `at` never happens, and nothing after it: the process is gone."""
    count = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal count
        if sql.startswith(WRITES):
            count += 1
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    return wrapper


def killed_at(number, act):
    """Whether the child was killed; where there is no such write it comes to its end."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        with connection.execute_wrapper(killer(number)):
            act()
        os._exit(0)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit("the act itself failed")
    return os.WIFSIGNALED(status)


def kill_everywhere(name, act, is_done):
    """Kill at write 1, 2, 3 …: everything is as it was before, until the act is done altogether.

    What is written after the commit (that a mail was sent) is no part of the act.
    """
    before, number = state(), 1
    while killed_at(number, act) and state() == before:
        number += 1
    call_command("verify_ledger")
    if not is_done():
        sys.exit(f"{name}: half of it stayed after a kill at write {number}")
    sys.stdout.write(f"{name}: killed at {number - 1} writes, old state each time\n")


def main():
    house = small_house()
    page = house.draft(house.alice, "quick", "批到一半")
    services.submit(page, house.alice)
    step = house.state_of(page)
    seen = services.seen_now(step)
    kill_everywhere(
        "approve",
        lambda: services.approve(TaskState.objects.get(pk=step.pk), house.rita, seen),
        lambda: (
            Entry.objects.filter(pk=page.pk).exists()
            and Page.objects.get(pk=page.pk).live
            and Seal.objects.get(chain__page_id=page.pk).state == "spent"
            and TaskState.objects.get(pk=step.pk).status == "approved"
        ),
    )
    row = Page.objects.get(pk=page.pk)
    asked = measures.ask("withdraw", row, house.rita, reason="有误", reason_kind="withdrawn")
    kill_everywhere(
        "withdraw",
        lambda: measures.approve(asked, house.olga),
        lambda: (
            not Entry.objects.filter(pk=page.pk).exists()
            and not Page.objects.get(pk=page.pk).live
            and Measure.objects.get().state == "done"
        ),
    )


if __name__ == "__main__":
    main()
