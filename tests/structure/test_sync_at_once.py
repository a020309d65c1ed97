"""Two runs at once: the second waits for the first, and finds nothing left to do."""

import subprocess
import sys
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from page_types.publication.models import Event
from tests.prepared import ROOT, environment, manage
from tests.structure.plan_mistakes import row
from tests.structure.small_plan import PLAN


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_threads_on_postgresql_make_one_site(tmp_path):
    file = tmp_path / "columns.yaml"
    file.write_text(PLAN, encoding="utf-8")
    ready, said = threading.Barrier(2), []

    def run():
        out = StringIO()
        try:
            ready.wait(10)
            call_command("sync_structure", file=file, stdout=out)
            said.append(out.getvalue().splitlines()[-1])
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sum("没有变化" in line for line in said) == 1
    assert Event.objects.count() == 7
    assert Page.find_problems() == ([], [], [], [], [])


def test_processes_on_sqlite_make_one_change(site_var, tmp_path):
    plan = tmp_path / "columns.yaml"
    text = row("zcfg", "key: zcfg", "key: zcfg, slug: policies")
    text = row("sztt", "owners: [industry]", "owners: [mass]", text)
    plan.write_text(row("sztt", "parent: xwzx", "parent: tyyw", text), encoding="utf-8")
    command = [sys.executable, ROOT / "site" / "manage.py", "sync_structure", "--file", plan]
    runs = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment(site_var), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [run.communicate(timeout=300)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert sorted("没有变化" in text for text in said) == [False, True], said
    code, verified = manage(site_var, "verify_ledger")
    assert code == 0, verified
