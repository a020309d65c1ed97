"""A crash at any write between decision and end leaves the old state or the new, never half.

The crash is no `Exception`: nothing on the way may catch it, as nothing catches a cut of power.
"""

import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import Page, TaskState

from page_types.publication.models import Entry, Event, Measure, Seal
from page_types.review import services
from page_types.review.measures import services as measures
from tests.prepared import ROOT, environment, manage
from tests.publication.test_publish import everything

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "DELETE")


class PowerCut(BaseException):
    """What no `except Exception` catches."""


class Cutting:
    """Lets the writes before number `at` happen; that one and what follows do not."""

    def __init__(self, at):
        self.at, self.count = at, 0

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(WRITES):
            self.count += 1
            if self.count >= self.at:
                raise PowerCut
        return execute(sql, params, many, context)


def state():
    """Ledger, page rows, reviews and measures."""
    return {
        **everything(),
        "rows": list(Page.objects.order_by("pk").values()),
        "steps": list(TaskState.objects.order_by("pk").values()),
        "measures": list(Measure.objects.order_by("pk").values()),
    }


def cut_at(number, act):
    """Whether the act came to its end although write `number` never happens."""
    cutting = Cutting(number)
    with connection.execute_wrapper(cutting):
        try:
            with transaction.atomic():
                act()
        except PowerCut:
            return False
    return True


def cut_everywhere(act):
    """Cut the act at each of its writes, and see that nothing of it is left."""
    before = state()
    number = 1
    while not cut_at(number, act):
        assert state() == before, f"half of it stayed after a cut at write {number}"
        number += 1
    # The last cut came after the last write: the new state, and a sound one.
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert "一致" in out.getvalue()
    return number


def test_between_approve_and_published(house):
    page = house.draft(house.alice, "quick", "批到一半")
    services.submit(page, house.alice)
    waiting = house.state_of(page)
    seen = services.seen_now(waiting)
    writes = cut_everywhere(
        lambda: services.approve(TaskState.objects.get(pk=waiting.pk), house.rita, seen)
    )
    assert writes > 15
    assert Entry.objects.filter(pk=page.pk).exists() and Page.objects.get(pk=page.pk).live
    assert Seal.objects.get(chain__page_id=page.pk).state == "spent"


def test_between_decided_and_withdrawn(house):
    page = house.draft(house.alice, "quick", "撤到一半")
    house.publish(page, house.alice)
    page = Page.objects.get(pk=page.pk)
    house.edit(page, house.alice, title="审核中的新版")
    services.submit(page, house.alice)
    asked = measures.ask("withdraw", page, house.rita, reason="有误", reason_kind="withdrawn")
    writes = cut_everywhere(lambda: measures.approve(asked, house.olga))
    assert writes > 8
    assert not Entry.objects.filter(pk=page.pk).exists()
    assert not Page.objects.get(pk=page.pk).live
    assert Event.objects.latest("number").what == "withdrawn"


def test_a_database_error_in_the_mirror_alone_is_mended_from_the_ledger(house, caplog):
    """Short of a crash: what the ledger has taken stands, the row follows by `verify_ledger`."""
    page = house.draft(house.alice, "quick", "镜像失败")
    services.submit(page, house.alice)
    waiting = house.state_of(page)
    seen = services.seen_now(waiting)

    def failing(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and '"wagtailcore_page"' in sql and "live_revision" in sql:
            raise connection.Database.OperationalError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(failing):
        services.approve(waiting, house.rita, seen)
    assert Entry.objects.filter(pk=page.pk).exists() and not Page.objects.get(pk=page.pk).live
    assert "could not be brought in line" in caplog.text
    call_command("verify_ledger", "--mend", stdout=StringIO())
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.prove
def test_a_process_killed_at_each_write_of_a_database_file(tmp_path):
    var = tmp_path / "var"
    var.mkdir()
    assert manage(var, "migrate", "--noinput")[0] == 0
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "review" / "killing.py")],
        cwd=ROOT, env=environment(var), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("old state each time") == 2, done.stdout
